"""Language models: one gateway, the embedded model, the response cache."""
