"""Files into the database: reading, checking, staging, merging and reporting; knows no screen and prints nothing."""
