"""PIP Coach: a private coach for a person on a performance improvement plan. Importing does nothing."""
