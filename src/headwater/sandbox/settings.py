"""Which sandbox runs generated code, as the user set it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SandboxKind = Literal["auto", "bubblewrap", "landlock", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SandboxSettings:
    """Which sandbox runs generated code; `auto` is bubblewrap, else landlock."""

    kind: SandboxKind = "auto"
