"""What documents and derived code are judged by, one rule a file."""
