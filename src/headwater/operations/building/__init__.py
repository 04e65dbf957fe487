"""From stale components to verified commits, and what stands in the way of that."""
