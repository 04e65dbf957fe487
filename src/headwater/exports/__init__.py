"""Reports as documents that other programs read, one format a file; pure functions to text."""
