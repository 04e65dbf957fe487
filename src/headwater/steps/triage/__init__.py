"""Tracing a failure: what its report holds, and the questions about it that a model answers."""
