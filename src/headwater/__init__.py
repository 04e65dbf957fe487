"""Headwater keeps the specification as the source of a program and derives the rest from it."""

__version__ = "0.1.0"
