"""What `plan` may do, as its user set it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSettings:
    """The table `[plan]` of `headwater.toml`.

    Attributes:
        target: the language to derive for, where the feature has no plan yet.
        decisions: how many technical choices a plan may weigh.
        package_facts: ask the package index about libraries that a decision weighs.
        package_index: address of its simple API; empty for the index that pip is configured for.
        package_timeout: seconds that one question to the index may take.
    """

    target: str = "python"
    decisions: int = 3
    package_facts: bool = True
    package_index: str = ""
    package_timeout: float = 5.0
