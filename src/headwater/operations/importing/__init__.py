"""Other tools' specifications as native features: what is refused, what is told."""
