"""The formats of other tools: read as they are, and written as native features."""
