"""Tests of `headwater.targets`."""
