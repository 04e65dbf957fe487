"""The checks that an article can enforce. A new one is added here, and nowhere else."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from headwater.rules.articles.calls_forbidden import ForbiddenCalls
from headwater.rules.articles.complexity_max import MaximumComplexity
from headwater.rules.articles.imports_forbidden import ForbiddenImports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.rules.articles.interface import Rule

_ALL: tuple[Rule, ...] = (ForbiddenImports(), ForbiddenCalls(), MaximumComplexity())

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.name: rule for rule in _ALL})
"""Every check by its name."""
