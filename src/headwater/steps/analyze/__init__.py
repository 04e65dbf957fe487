"""What a model may find across documents: advice, with quotes that were checked."""
