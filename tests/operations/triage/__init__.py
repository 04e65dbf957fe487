"""Failures traced to the spec or to the code, on a small project that is really built."""
