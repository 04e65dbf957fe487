"""What happened to the documents of a repository and to what is derived from them."""
