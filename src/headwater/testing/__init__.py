"""Deterministic stand-ins that ship with the package: a scripted model, a fixed clock."""
