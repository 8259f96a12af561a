"""What people write in cells and forms, read into values: numbers, money, dates, handles, phones and addresses."""
