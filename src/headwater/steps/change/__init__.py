"""The small path: one requirement with its examples, in a spec that is there."""
