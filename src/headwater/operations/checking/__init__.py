"""What `check` has to say of a repository, and how its report is kept."""
