"""What panes and dialogs are made of: widgets that draw and post messages, and run no query."""
