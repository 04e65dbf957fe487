"""What a report of a failure holds, read without a model."""
