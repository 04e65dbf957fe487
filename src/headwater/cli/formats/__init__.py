"""What `headwater check` found, written for a reader: one format a file."""
