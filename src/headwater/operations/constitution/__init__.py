"""A constitution from policies: what is read, what is written, what is told."""
