"""The user's git repository: what is in it, and commits that leave it untouched until done."""
