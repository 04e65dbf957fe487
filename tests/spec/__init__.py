"""Tests of headwater.spec."""
