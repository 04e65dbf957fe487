"""Languages that code is derived for, one folder a target."""
