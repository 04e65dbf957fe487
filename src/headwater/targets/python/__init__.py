"""The target `python`: pytest, ruff, and the standard library's own syntax tree."""
