"""The checks that an article can enforce. A new one is added here, and nowhere else."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from headwater.rules.articles import (
    abstraction_needless,
    calls_forbidden,
    complexity_max,
    coverage_floor,
    dependencies_allowed,
    dependencies_forbidden,
    dependencies_pinned,
    documents_required,
    functions_lines,
    imports_allowed,
    imports_forbidden,
    layers,
    licences_allowed,
    module_lines,
    secrets_forbidden,
    security_scan,
    tests_before_code,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.rules.articles.interface import Rule

_MODULES: Final = (
    *(imports_forbidden, imports_allowed, calls_forbidden, layers),
    *(complexity_max, functions_lines, module_lines, abstraction_needless),
    *(dependencies_allowed, dependencies_forbidden, dependencies_pinned, licences_allowed),
    *(tests_before_code, coverage_floor, secrets_forbidden, security_scan, documents_required),
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {module.RULE.name: module.RULE for module in _MODULES}
)
"""Every check by its name."""
