"""What a model may add to a constitution: why an article holds, and nothing that it demands."""
