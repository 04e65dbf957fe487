"""What a model may add to a review: advice, each piece with a quote that was checked."""
