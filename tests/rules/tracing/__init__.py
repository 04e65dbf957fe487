"""Tests of `headwater.rules.tracing`."""
