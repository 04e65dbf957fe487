"""Tests of article checks."""
