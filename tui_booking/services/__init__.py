"""What the operator does and asks: queries, commands and checks, without a screen."""
