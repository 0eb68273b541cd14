"""The command line: prints text for people, or one JSON object with --json. Errors of the user exit with 2 and one line."""
