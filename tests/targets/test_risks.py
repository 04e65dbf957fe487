"""The security rules that ship: what they find in Python, and what they leave alone."""

from __future__ import annotations

import pytest

from headwater.graph.facts import RiskKind
from tests.targets.builders import TARGET


def find(code: str) -> list[tuple[RiskKind, int]]:
    return [(risk.kind, risk.line) for risk in TARGET.read_facts(code, path="src/x.py").risks]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("import subprocess\nsubprocess.run(text, shell=True)", RiskKind.SHELL),
        ("from subprocess import run as go\ngo(text, shell=True)", RiskKind.SHELL),
        ("import os\nos.system(text)", RiskKind.SHELL),
        ("\neval(text)", RiskKind.EVALUATION),
        ("run = exec\nrun(text)", RiskKind.EVALUATION),
        ("import pickle\npickle.loads(data)", RiskKind.DESERIALISATION),
        ("import yaml\nyaml.load(text)", RiskKind.DESERIALISATION),
        ("import yaml\nyaml.load(text, Loader=yaml.Loader)", RiskKind.DESERIALISATION),
        ("import hashlib\nhashlib.md5(data)", RiskKind.WEAK_HASH),
        ("import hashlib\nhashlib.new('SHA1', data)", RiskKind.WEAK_HASH),
        ("import requests\nrequests.get(url, verify=False)", RiskKind.UNVERIFIED_TLS),
        ("import ssl\nssl._create_unverified_context()", RiskKind.UNVERIFIED_TLS),
        ("import ssl\ncontext.verify_mode = ssl.CERT_NONE", RiskKind.UNVERIFIED_TLS),
        ("\ncontext.check_hostname = False", RiskKind.UNVERIFIED_TLS),
        ("\ndb.execute(f'SELECT * FROM users WHERE id = {id}')", RiskKind.BUILT_SQL),
        ("\nquery = 'DELETE FROM users WHERE id = ' + id", RiskKind.BUILT_SQL),
        ("\nquery = 'INSERT INTO users VALUES (%s)' % id", RiskKind.BUILT_SQL),
        ("\nquery = 'UPDATE users SET name = {}'.format(name)", RiskKind.BUILT_SQL),
        ("\nquery = 'SELECT a FROM b WHERE c = ' + c + ' LIMIT 1'", RiskKind.BUILT_SQL),
    ],
)
def test_a_risk_is_found_at_its_line(code: str, kind: RiskKind) -> None:
    assert find(code) == [(kind, 2)]


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess\nsubprocess.run(['ls'], shell=False)",
        "import ast\nast.literal_eval(text)",
        "model.eval()",
        "import json\njson.loads(text)",
        "import yaml\nyaml.safe_load(text)\nyaml.load(text, Loader=yaml.SafeLoader)",
        "import hashlib\nhashlib.sha256(data)",
        "import hashlib\nhashlib.md5(data, usedforsecurity=False)",
        "order.process(verify=False)",
        "db.execute('SELECT * FROM users WHERE id = ?', (id,))",
        "query = 'SELECT a ' 'FROM b'",
        "print(f'Selected {name}')",
        "text = f'Update of {name}'",
    ],
)
def test_what_is_safe_is_left_alone(code: str) -> None:
    assert find(code) == []
