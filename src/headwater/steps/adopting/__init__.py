"""From a hand edit to the change of the specification that would explain it."""
