"""From a feature's contract to code that passes its tests: tests first, search, judge, gates."""
