"""Reads Kiro: requirements, design and tasks of a feature, and steering."""
