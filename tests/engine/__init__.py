"""Tests of `headwater.engine`."""
