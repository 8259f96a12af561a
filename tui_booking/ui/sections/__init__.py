"""The sections of the app as data: a page of declaration each."""
