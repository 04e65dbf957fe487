"""The part of the target that makes and tries mutants: files, commands, and reports read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.targets.mutation import Trial, Trials

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.targets.interface import TestFile, ToolCommand
    from headwater.targets.mutation import Mutant

_PLAN = ".headwater-mutants.json"
_REPORT = ".headwater-mutants.jsonl"


class PythonMutation:
    """Implements `headwater.targets.mutation.Mutation`, where each method is described."""

    __slots__ = ()

    @property
    def mutator_version(self) -> str:
        """See `Mutation.mutator_version`."""
        return "python-mutants-1"

    @property
    def mutation_report(self) -> str:
        """See `Mutation.mutation_report`."""
        return _REPORT

    def make_mutants(self, code: str, *, path: str, most: int) -> Sequence[Mutant]:
        """See `Mutation.make_mutants`."""
        from headwater.targets.python import mutants  # noqa: PLC0415  # for start-up cost

        return mutants.make_mutants(code, path=path, most=most)

    def mutation_files(
        self, mutants: Sequence[Mutant], *, tests: Sequence[TestFile], begin: int = 0
    ) -> Mapping[str, str]:
        """See `Mutation.mutation_files`."""
        from headwater.targets.python import commands  # noqa: PLC0415  # for start-up cost

        plan = {
            "arguments": list(commands.PYTEST),
            "files": [file.path for file in tests],
            "mutants": [
                {"path": one.path, "code": one.code, "first": one.first, "last": one.last}
                for one in mutants
            ],
            "begin": begin,
        }
        return {_PLAN: json.dumps(plan)}

    def mutation_command(self) -> ToolCommand:
        """See `Mutation.mutation_command`."""
        from headwater.targets.python import commands  # noqa: PLC0415  # for start-up cost

        return commands.mutation_command()

    def read_trials(self, report: str, *, tests: Sequence[TestFile]) -> Trials:
        """See `Mutation.read_trials`."""
        keys = _list_keys(tests)
        failed: frozenset[str] | None = None
        trials: dict[int, Trial] = {}
        started: int | None = None
        for event in _read_lines(report):
            match event:
                case {"event": "baseline", "passed": list(passed)}:
                    alive = _take_keys(passed, keys)
                    failed = frozenset(keys.values()) - alive
                case {"event": "started", "mutant": int(started)}:
                    pass
                case {
                    "event": "tried",
                    "mutant": int(number),
                    "reached": list(reached),
                    "killed": list(killed),
                }:
                    trials[number] = Trial(
                        reached=_take_keys(reached, keys), killed=_take_keys(killed, keys)
                    )
        return Trials(failed=failed, trials=trials, started=None if started in trials else started)


def _list_keys(tests: Sequence[TestFile]) -> dict[str, str]:
    """Pytest's names to keys."""
    return {node: key for file in tests for key, node in file.tests.items()}


def _take_keys(nodes: Sequence[object], keys: Mapping[str, str]) -> frozenset[str]:
    return frozenset(keys[node] for node in nodes if isinstance(node, str) and node in keys)


def _read_lines(report: str) -> list[object]:
    events: list[object] = []
    for line in report.splitlines():
        try:
            events.append(json.loads(line))
        except (ValueError, RecursionError):
            continue
    return events
