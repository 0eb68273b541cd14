"""Rehearsing a conversation with a simulated manager: pure functions from one scene to the next."""
