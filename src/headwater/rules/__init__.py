"""Checks that an article of the constitution enforces, one file a check."""
