"""Whether a component was verified as things stand now, and if not, what is different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_value
from headwater.graph.lock import Verification
from headwater.graph.order import find_reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from headwater.graph.index import Index
    from headwater.graph.lock import ComponentRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditions:
    """What a verification holds under; the fields are those of `Verification`."""

    bodies: Mapping[str, str]
    tests: str
    emitter: str
    toolchain: str
    articles: str


def read_present_bodies(
    records: Iterable[ComponentRecord],
    files: Mapping[str, str | None],
    *,
    digest_file: Callable[[str], str],
) -> dict[str, str]:
    """Digest of every derived code file's syntax as it is on disk, by path.

    Args:
        records: of all components.
        files: path to the sha256 of what is on disk, None where there is nothing.
        digest_file: digests the syntax of the file at a path (`Syntax.digest_body` on its text);
            called only for files that are not as recorded.
    """
    bodies: dict[str, str] = {}
    for record in records:
        recorded = {file.path: file.sha256 for file in record.files}
        for path, digest in record.bodies.items():
            present = files.get(path)
            if present is None:
                continue
            bodies[path] = digest if present == recorded.get(path) else digest_file(path)
    return bodies


def find_conditions(
    component: str,
    *,
    index: Index,
    records: Mapping[str, ComponentRecord],
    bodies: Mapping[str, str],
    tests: Mapping[str, str],
    emitter: str,
    toolchain: str,
    articles: str,
) -> Conditions:
    """The conditions under which `component` would be verified now.

    Args:
        component: `001/C1`.
        index: of the project, for what it depends on.
        records: by component.
        bodies: as `read_present_bodies` gives them.
        tests: the test files that judge it, path to sha256.
        emitter: the target's emitter version.
        toolchain: the target's tools, with versions.
        articles: digest of the article checks that apply to its files.
    """
    needed = (component, *find_reachable(index.dependencies, component))
    paths = [path for ref in needed if ref in records for path in records[ref].bodies]
    return Conditions(
        bodies={path: bodies[path] for path in paths if path in bodies},
        tests=digest_value("tests", dict(tests)),
        emitter=emitter,
        toolchain=toolchain,
        articles=articles,
    )


def is_verified(verifications: Iterable[Verification], conditions: Conditions) -> bool:
    """Whether any line says that the component passed under exactly these conditions."""
    return any(not list_differences(line, conditions) for line in verifications)


def make_verification(conditions: Conditions, *, passed: int) -> Verification:
    """The line that records `passed` tests, all that there were, under these conditions."""
    return Verification(
        bodies=conditions.bodies,
        tests=conditions.tests,
        emitter=conditions.emitter,
        toolchain=conditions.toolchain,
        articles=conditions.articles,
        passed=passed,
    )


def explain_unverified(
    verifications: Iterable[Verification], conditions: Conditions
) -> tuple[str, ...] | None:
    """What is different now from the verification that comes nearest; None without any."""
    differences = (list_differences(line, conditions) for line in verifications)
    return min(differences, key=len, default=None)


def list_differences(verification: Verification, conditions: Conditions) -> tuple[str, ...]:
    """What is different now: paths of code files, `the tests`, `the toolchain` and so on."""
    then, now = verification.bodies, conditions.bodies
    paths = [path for path in sorted({*then, *now}) if then.get(path) != now.get(path)]
    others = (
        (verification.tests == conditions.tests, "the tests"),
        (verification.emitter == conditions.emitter, "the test emitter"),
        (verification.toolchain == conditions.toolchain, "the toolchain"),
        (verification.articles == conditions.articles, "the articles"),
    )
    return (*paths, *(name for same, name in others if not same))
