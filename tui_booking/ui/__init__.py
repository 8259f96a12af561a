"""The terminal app: draws what the services answer and asks them for what the operator does."""

import os

# Textual paints so often at most, and waits for one or two of these steps where it has just painted: a letter that was
# typed, and then the rows that it finds.
os.environ.setdefault("TEXTUAL_FPS", "120")
