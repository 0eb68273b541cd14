"""Frozen records and closed enums, the vocabulary of every layer. No I/O, no logic beyond validation."""
