"""Documents as data: ids, the frozen model, the reader, splicing edits and example tables."""
