"""What traces and explanations tell."""
