"""The documents as one graph: digests, tests to derive, lock records, states, trace."""
