"""What a model does with the documents; each step is a function from values to values."""
