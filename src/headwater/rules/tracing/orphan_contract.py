"""`orphan-contract`: a contract that no other document of its feature names."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_orphan_contracts(subject: FeatureSubject) -> Iterator[Finding]:
    """Files below `contracts/` that neither spec, plan nor tasks name, nor the folder as a whole.

    A data model has one fixed name that every tool knows to look for; it is left alone. So are the
    contracts of a feature without a plan: what is to name them is yet to be written.
    """
    feature = subject.feature
    if feature.plan is None:
        return
    documents = (feature.spec, feature.plan, feature.tasks)
    texts = [document.source.data.decode(errors="replace") for document in documents if document]
    for contract in feature.contracts:
        path = PurePosixPath(contract.path)
        named = rf"(?<![\w-]){re.escape(path.name)}(?![\w-])|\bcontracts/(?![\w-])"
        if not any(re.search(named, text) for text in texts):
            yield Finding(
                place=Place(path=contract.path, line=1, column=1),
                message=f"neither spec, plan nor tasks name the contract {path.name}",
                hint=f"Name contracts/{path.name} in the plan where it is kept to, or remove it.",
            )


_PATH = "specs/001-ledger/contracts/balance.md"
_CONTRACT = "# Contract: balance\n\nThe answer is a whole number of cents.\n"
_NAMING = PLAN.replace(
    "Add up the entries of an account.", "Add up the entries, as contracts/balance.md says."
)

RULE = Rule(
    name="orphan-contract",
    title="A contract that neither spec, plan nor tasks name",
    why="Whoever implements the plan does not see it, and whoever reads it believes that it is "
    "kept to. The two drift apart with the first change.",
    severity=Severity.WARNING,
    bad={"plan.md": PLAN, _PATH: _CONTRACT},
    good={"plan.md": _NAMING, _PATH: _CONTRACT},
    alone=(
        # The folder as a whole is named.
        {
            "plan.md": _NAMING.replace("contracts/balance.md says", "`contracts/` says"),
            _PATH: _CONTRACT,
        },
    ),
    find_in_feature=find_orphan_contracts,
)
