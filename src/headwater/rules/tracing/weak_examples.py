"""`weak-examples`: small changes to the code that no example of a requirement notices."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_WEAK = """\
- **FR-001**: When a clerk asks for a balance, the ledger MUST answer 0 for a name below 2 letters.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
"""
_STRONG = f'{_WEAK}  | `balance("ab")` | `10` |\n'
_CODE = """\
def balance(account: str) -> int:
    return 0 if len(account) < 2 else 10
"""
_CODE_PATH = "src/ledger/balance.py"
_BODY = "b886d58b442b60b3aae6568d7f25f30d38d7e07bd8af9cd4f5a837192baa86d9"
_RECORD_PATH = "specs/001-ledger/headwater.lock/C1.json"
_RECORD = f"""\
{{
  "bodies": {{"{_CODE_PATH}": "{_BODY}"}},
  "component": "001/C1",
  "files": [{{
    "path": "{_CODE_PATH}",
    "sha256": "b39c86ef9871b224e5faae9f02cb5e379addf2aac9a31aff0dd1896b6cdf413e"
  }}],
  "format": 1,
  "generator": {{
    "attempts": 0, "cost": "", "diff": "", "input_tokens": 0, "model": "m", "output_tokens": 0,
    "parameters": {{}}, "template": "t"
  }},
  "interface": "",
  "sha256": "f9704ac5ab200dcd9a2df6c9b75881586240d30a759d130015c5fe2b1d536f8b",
  "sources": {{}},
  "written": []
}}
"""
_LINE_PATH = "specs/001-ledger/headwater.lock/C1.strength.jsonl"
_LINE = (
    f'{{"bodies":{{"{_CODE_PATH}":"{_BODY}"}},"format":1,"killed":%s,"most":60,"mutants":9,'
    '"mutator":"python-mutants-1","refs":[{"elsewhere":0,"killed":%s,"reached":9,'
    '"ref":"001/FR-001","survivors":[%s]}],"tests":"%s","unreached":0}\n'
)
_SURVIVORS = ",".join(
    f'{{"after":"{after}","before":"{before}","call":"`balance(\\"aa\\")`","line":2,'
    f'"path":"{_CODE_PATH}","result":"`10`"}}'
    for before, after in (
        ("2", "3"),
        ("len(account) < 2", "len(account) <= 2"),
        ("10", "11"),
        ("10", "9"),
    )
)
_WEAK_LINE = _LINE % (
    *(5, 5, _SURVIVORS),
    "37a9396579a3085378ad32cbf939ce0f56d31ad1e8a4ac8b19232f69cd1ca31d",
)
_STRONG_LINE = _LINE % (
    *(9, 9, ""),
    "4996a2553d48dc29a2d670968335b03cf236856b9568f909b9d7e0c285d4721e",
)
_DERIVED = {"plan.md": PLAN, _CODE_PATH: _CODE, _RECORD_PATH: _RECORD}

RULE = Rule(
    name="weak-examples",
    title="Small changes to the code that no example notices",
    why="Where a bound, a sign or a condition can change and every example still passes, nobody "
    "has said which of the two is meant, and the next derivation may choose the other. `headwater "
    "build --strength` measures; this rule reads what was measured on exactly this code and these "
    "tests. `rules.example_strength` is the least share that examples have to notice.",
    source="DeMillo, Lipton, Sayward: Hints on Test Data Selection (Computer 11/4, 1978)",
    severity=Severity.WARNING,
    bad={**_DERIVED, "requirements": _WEAK, _LINE_PATH: _WEAK_LINE},
    good={**_DERIVED, "requirements": _STRONG, _LINE_PATH: _STRONG_LINE},
    alone=(
        # It was measured before a row came, and counts for nothing now.
        {**_DERIVED, "requirements": _STRONG, _LINE_PATH: _WEAK_LINE},
        # Nobody has measured.
        {**_DERIVED, "requirements": _WEAK},
    ),
)
