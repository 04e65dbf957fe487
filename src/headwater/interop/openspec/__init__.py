"""Reads OpenSpec: specs as a living set, changes as deltas to it."""
