"""What the documents promise: every command in them is exercised, every link leads somewhere."""
