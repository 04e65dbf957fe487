"""Tests of `headwater.workspace`."""
