"""What the rules about words and missing things find in real specs is what the docs report."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from headwater.rules.apply_rules import find_in_feature
from headwater.rules.completeness import item_without_id
from headwater.rules.registry import RULES
from headwater.rules.settings import RuleSettings
from headwater.spec.read_project import read_project

REPORT = Path(__file__).parents[2] / "docs/rules-on-real-specs.md"
FOLDERS = ("headwater.rules.wording.", "headwater.rules.completeness.")
ROW = r"(?m)^\| `([a-z-]+)` \| (\d+) \|"


def test_the_report_on_real_specs_states_what_is_found(data_folder: Path) -> None:
    corpus = data_folder / "corpora/spec-kit"
    documents = {
        path.relative_to(corpus).as_posix(): path.read_bytes() for path in corpus.rglob("*.md")
    }
    rules = [
        rule
        for rule in RULES.values()
        if rule.find_in_feature and rule.find_in_feature.__module__.startswith(FOLDERS)
    ]
    found: Counter[str] = Counter()
    for feature in read_project(documents).features:
        found.update(
            problem.code
            for problem in (
                *find_in_feature(feature, rules=rules, settings=RuleSettings()),
                *(feature.spec.problems if feature.spec else ()),
            )
            if problem.code in {rule.name for rule in (*rules, item_without_id.RULE)}
        )
    section = REPORT.read_text(encoding="utf-8").partition("## Wording and completeness")[2]
    assert {name: int(number) for name, number in re.findall(ROW, section)} == found
