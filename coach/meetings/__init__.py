"""Meetings about the plan as pure functions: when they are, what to bring, what was agreed, how it ends. No I/O, no clock."""
