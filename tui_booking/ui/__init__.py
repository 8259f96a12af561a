"""The terminal app: draws what the services answer and asks them for what the operator does."""
