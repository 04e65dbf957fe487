"""What is copied beside emitted tests; it imports the standard library and itself only."""
