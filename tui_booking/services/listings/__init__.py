"""The lists of the app, a module an area: what they show, how they are narrowed, searched and sorted."""
