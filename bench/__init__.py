"""Measurements of Headwater; `README.md` says what each one measures."""
