"""What is said about bad input: one kind of message, one list of codes, four ways to print them."""
