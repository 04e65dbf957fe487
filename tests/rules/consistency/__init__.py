"""Tests of `headwater.rules.consistency`."""
