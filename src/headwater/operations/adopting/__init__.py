"""The parts of `headwater adopt`: a hand edit becomes a change of the specification."""
