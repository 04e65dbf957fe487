"""Tests of `headwater.rules`."""
