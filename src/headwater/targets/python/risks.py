"""What is unsafe in Python code whatever the program is for: the security rules that ship.

Each is one of the Common Weakness Enumeration: CWE-78 (shell), CWE-95 (evaluation), CWE-502
(deserialisation), CWE-327 (hash), CWE-295 (certificates), CWE-89 (SQL).
"""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from headwater.graph.facts import Risk, RiskKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHELLS = ("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput")
_EVALUATORS = ("eval", "exec")
_LOADERS = (
    *("pickle.load", "pickle.loads", "pickle.Unpickler", "cPickle.load*", "dill.load*"),
    *("marshal.load", "marshal.loads", "shelve.open", "jsonpickle.decode"),
    *("yaml.unsafe_load", "yaml.unsafe_load_all"),
)
_YAML_LOADERS = ("yaml.load", "yaml.load_all")
_SAFE_YAML = ("SafeLoader", "CSafeLoader", "BaseLoader", "CBaseLoader")
_WEAK = ("md5", "sha1", "md4")
_REQUESTS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
_CLIENTS = ("Client", "AsyncClient", "Session", "ClientSession")
_SQL = re.compile(
    r"(?is)^\s*(?:select\b.*\bfrom\b|insert\s+into\b|delete\s+from\b|update\b.*\bset\b"
    r"|(?:create|drop|alter)\s+table\b)"
)


def find_risks(
    nodes: Sequence[ast.AST], *, calls: Iterable[tuple[ast.Call, str]]
) -> tuple[Risk, ...]:
    """Every risk, in the order of lines.

    Args:
        nodes: of the whole file.
        calls: each call in it with the full name of what is called, empty where it has none.
    """
    found = [
        Risk(kind=kind, what=what, line=node.lineno)
        for node, name in calls
        for kind, what in _judge_call(node, name)
    ]
    found += _find_built_sql(nodes)
    found += _find_blind_contexts(nodes)
    return tuple(sorted(dict.fromkeys(found), key=lambda risk: (risk.line, risk.kind.value)))


def _judge_call(node: ast.Call, name: str) -> Iterator[tuple[RiskKind, str]]:
    keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    if name in _SHELLS:
        yield RiskKind.SHELL, name
    elif _is_constant(keywords.get("shell"), value=True):
        yield RiskKind.SHELL, f"{name or 'a call'} with shell=True"
    if name in _EVALUATORS:
        yield RiskKind.EVALUATION, name
    if _matches(name, _LOADERS) or (name in _YAML_LOADERS and not _loads_safely(node, keywords)):
        yield RiskKind.DESERIALISATION, name
    if _hashes_weakly(node, name) and not _is_constant(
        keywords.get("usedforsecurity"), value=False
    ):
        yield RiskKind.WEAK_HASH, name
    if name == "ssl._create_unverified_context" or (
        _is_constant(keywords.get("verify"), value=False)
        and name.rpartition(".")[2] in (*_REQUESTS, *_CLIENTS)
    ):
        yield RiskKind.UNVERIFIED_TLS, name


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_constant(node: ast.expr | None, *, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _loads_safely(node: ast.Call, keywords: dict[str, ast.expr]) -> bool:
    loader = keywords.get("Loader") or (node.args[1] if len(node.args) > 1 else None)
    return loader is not None and ast.unparse(loader).rpartition(".")[2] in _SAFE_YAML


def _hashes_weakly(node: ast.Call, name: str) -> bool:
    if name == "hashlib.new":
        first = node.args[0] if node.args else None
        return isinstance(first, ast.Constant) and str(first.value).lower() in _WEAK
    return name in {f"hashlib.{weak}" for weak in _WEAK}


def _find_built_sql(nodes: Sequence[ast.AST]) -> Iterator[Risk]:
    """Text that begins as a statement and has values put in, by whatever way of putting them."""
    for node in nodes:
        text = _read_built(node)
        if text and isinstance(node, ast.expr) and _SQL.search(text):
            yield Risk(kind=RiskKind.BUILT_SQL, what=_shorten(text), line=node.lineno)


def _read_built(node: ast.AST) -> str:
    """The constant parts of a text that is put together from values too; else empty."""
    match node:
        case ast.JoinedStr(values=parts) if any(
            isinstance(part, ast.FormattedValue) for part in parts
        ):
            return "".join(_read_constant(part) or "?" for part in parts)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _read_constant(left)
        case ast.BinOp(left=left, op=ast.Add(), right=right) if not isinstance(right, ast.Constant):
            return _read_constant(left) or _read_built(left)
        case ast.Call(func=ast.Attribute(value=of, attr="format")):
            return _read_constant(of)
    return ""


def _read_constant(node: ast.AST) -> str:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if constant and isinstance(node, ast.Constant) else ""


def _find_blind_contexts(nodes: Sequence[ast.AST]) -> Iterator[Risk]:
    """`context.verify_mode = ssl.CERT_NONE` and `context.check_hostname = False`."""
    for node in nodes:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            name = target.attr if isinstance(target, ast.Attribute) else ""
            value = ast.unparse(node.value)
            if (name, value) == ("check_hostname", "False") or (
                name == "verify_mode" and value.rpartition(".")[2] == "CERT_NONE"
            ):
                yield Risk(kind=RiskKind.UNVERIFIED_TLS, what=f"{name} = {value}", line=node.lineno)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
