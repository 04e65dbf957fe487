"""Whose format a feature is written in."""

from __future__ import annotations

from enum import Enum


class Origin(Enum):
    """Only native features are built; the others are read, and become native by `import`."""

    NATIVE = "Spec Kit"
    OPENSPEC = "OpenSpec"
    KIRO = "Kiro"
