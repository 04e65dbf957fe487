"""Rules about statements that do not go together."""
