"""The command line: parse and render; no decisions."""
