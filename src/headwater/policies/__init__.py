"""Policies in many formats, the statements in them, and the articles drafted from these."""
