"""Signing in: passwords, tries, and the way in. Knows no web server; who may sign in is kept by coach/store."""
