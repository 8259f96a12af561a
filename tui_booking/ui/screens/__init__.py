"""The screen and the dialogs over it, one a module."""
