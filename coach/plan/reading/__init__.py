"""One file in, its visible text with positions out. Formats are parsed in a child process; nothing is kept or sent."""
