"""Documents as files: Word, PDF and Markdown from one neutral tree. Pure: bytes or text out; opens nothing but its own fonts."""
