"""Provenance as in-toto statements with SLSA provenance, one for each component.

The formats are in-toto's Statement v1 (https://in-toto.io/Statement/v1) and SLSA's Provenance v1
(https://slsa.dev/spec/v1.0/provenance). docs/evidence.md says what stands in which field. The same
lock and history give the same bytes; statements are not signed.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Final

from headwater.spec.ids import IdKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.deviations import Deviation
    from headwater.operations.provenance import PassedTests, Provenance

STATEMENT: Final = "https://in-toto.io/Statement/v1"
PREDICATE: Final = "https://slsa.dev/provenance/v1"
BUILD_TYPE: Final = "urn:headwater:derivation:v1"
BUILDER: Final = "urn:headwater:builder:v1"
MEANING: Final = "headwaterMeaningV1"
"""The name of digests of meaning: sha256 over a normal form, which is no file's sha256."""

_STATED = frozenset({IdKind.REQUIREMENT, IdKind.SCENARIO})


def name_statement(provenance: Provenance) -> str:
    """A name for the file of a statement: `001-C1.intoto.json`."""
    return f"{provenance.record.component.replace('/', '-')}.intoto.json"


def render_statement(provenance: Provenance, *, indent: int | None = None) -> str:
    """The statement of one component as JSON, on one line unless `indent` says otherwise."""
    return json.dumps(make_statement(provenance), indent=indent, ensure_ascii=True)


def make_statement(provenance: Provenance) -> dict[str, object]:
    """The statement of one component, as JSON values."""
    return {
        "_type": STATEMENT,
        "subject": [_describe(file.path, sha256=file.sha256) for file in provenance.record.files],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": _define_build(provenance),
            "runDetails": _describe_run(provenance),
        },
    }


def _define_build(provenance: Provenance) -> dict[str, object]:
    record = provenance.record
    refs = sorted(name for name in record.sources if " " not in name and kind_of(name) in _STATED)
    return {
        "buildType": BUILD_TYPE,
        "externalParameters": {
            "feature": record.component.partition("/")[0],
            "component": record.component,
            "refs": refs,
        },
        "internalParameters": {
            "model": record.generator.model,
            "template": record.generator.template,
            **dict(sorted(record.generator.parameters.items())),
        },
        "resolvedDependencies": [*_list_dependencies(provenance)],
    }


def _list_dependencies(provenance: Provenance) -> Iterator[dict[str, object]]:
    yield {"name": "documents", "digest": {"gitCommit": provenance.commit.id}}
    for file in provenance.documents:
        yield _describe(file.path, sha256=file.sha256)
    for name, digest in sorted(provenance.record.sources.items()):
        yield {"name": name, "digest": {MEANING: digest}}


def _describe_run(provenance: Provenance) -> dict[str, object]:
    program, _, version = provenance.builder.partition(" ")
    finished = provenance.commit.time.astimezone(UTC)
    return {
        "builder": {"id": BUILDER, **({"version": {program: version}} if version else {})},
        "metadata": {
            "invocationId": f"{provenance.commit.id}/{provenance.record.component}",
            "finishedOn": finished.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        "byproducts": [
            _describe_record(provenance),
            *([_describe_passed(provenance.passed)] if provenance.passed else []),
            *map(_describe_deviation, provenance.deviations),
        ],
    }


def _describe_record(provenance: Provenance) -> dict[str, object]:
    made = provenance.record.generator
    spent = {
        "attempts": made.attempts,
        "inputTokens": made.input_tokens,
        "outputTokens": made.output_tokens,
        **({"costUsd": made.cost} if made.cost else {}),
    }
    described = _describe(provenance.file.path, sha256=provenance.file.sha256)
    return {**described, "annotations": {"record": provenance.digest, **spent}}


def _describe_passed(passed: PassedTests) -> dict[str, object]:
    line = passed.verification
    said = {"testsPassed": line.passed, "toolchain": line.toolchain, "emitter": line.emitter}
    return {**_describe("verification", sha256=passed.sha256), "annotations": said}


def _describe_deviation(found: Deviation) -> dict[str, object]:
    """A file that is not the subject's: a person edited it, and said why it may stand."""
    said = {
        "deviation": found.reason,
        "acceptedBy": found.by,
        "acceptedOn": found.when,
        "derivedSha256": found.derived,
    }
    return {**_describe(found.path, sha256=found.sha256), "annotations": said}


def _describe(name: str, *, sha256: str) -> dict[str, object]:
    """A resource descriptor of in-toto's."""
    return {"name": name, "digest": {"sha256": sha256}}
