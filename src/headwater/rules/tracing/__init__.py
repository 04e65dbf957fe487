"""Rules about the links between requirements, plan, tasks and files."""
