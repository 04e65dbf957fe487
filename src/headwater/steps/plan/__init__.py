"""Drafts a plan from a spec: what can be computed is, the rest is asked in short questions."""
