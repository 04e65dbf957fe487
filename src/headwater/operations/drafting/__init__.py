"""What the operations that draft documents share: how a draft becomes a commit."""
