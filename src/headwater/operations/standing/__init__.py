"""How a repository stands: documents, lock and derived files, read once and put together."""
