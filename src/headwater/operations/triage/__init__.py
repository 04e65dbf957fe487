"""A failure traced to the specification or to what was generated from it, with evidence."""
