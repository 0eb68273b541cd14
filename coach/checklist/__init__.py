"""The checklist as pure functions: from a plan, through revisions, to a picture and to files. No I/O, no clock."""
