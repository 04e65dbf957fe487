"""What a spec leaves open: questions found, ranked, and answers written where they belong."""
