"""Writes features of other formats as native documents."""
