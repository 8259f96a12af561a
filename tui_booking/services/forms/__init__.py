"""The forms by which records are made and changed, as data, an area a module."""
