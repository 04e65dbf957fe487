"""Every rule about documents. A new one is added here, and nowhere else."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from headwater.rules.wording import vague_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.rules.interface import Rule

_ALL: tuple[Rule, ...] = (vague_word.RULE,)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.name: rule for rule in _ALL})
"""Every rule by its name."""
