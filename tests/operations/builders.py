"""A small project as Markdown, the model that answers for it, and what a build of it needs."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from headwater.engine.local import LocalEngine
from headwater.operations.build import BuildPorts, BuildRequest, build
from headwater.operations.drafting.ports import DraftPorts
from headwater.sandbox.choose import open_sandbox
from headwater.sandbox.interface import Limits
from headwater.sandbox.settings import SandboxSettings
from headwater.steps.deriving.tools import Tools
from headwater.steps.deriving.workbench import Workbench
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.settings import SearchSettings
from headwater.targets.python.target import PythonTarget
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.sketch_documents import render_plan, render_spec
from tests.operations.watching import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.llm.interface import Model
    from headwater.operations.building.report import BuildReport
    from headwater.targets.interface import Target

FOLDER = "specs/001-sums"
SPEC_PATH = f"{FOLDER}/spec.md"
PLAN_PATH = f"{FOLDER}/plan.md"
CONSTITUTION_PATH = ".specify/memory/constitution.md"
TARGETS: Mapping[str, Target] = {"python": PythonTarget()}
NO_EVAL = """\
# Sums Constitution

### I. Input is data

```yaml
enforce:
  - {check: calls.forbidden, scope: "src/**", calls: [eval]}
```
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A component `Cn`, its requirement `FR-00n` with Call rows, and code that satisfies both.

    Attributes:
        text: the requirement's prose.
        rows: calls and their results; none makes a requirement without examples.
        needs: numbers of the components that it depends on.
        refs: what it implements besides its own requirement.
        start: its **Command**, if any: `sums` → `python -m sums.labels`.
    """

    number: int
    name: str
    interface: str
    code: str
    rows: tuple[tuple[str, str], ...] = ()
    text: str = "It MUST do so."
    needs: tuple[int, ...] = ()
    refs: tuple[str, ...] = ()
    start: str = ""

    @property
    def ref(self) -> str:
        """`001/C1`."""
        return f"001/C{self.number}"

    @property
    def path(self) -> str:
        """`src/sums/doubles.py`."""
        return f"src/sums/{self.name}.py"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """A feature: components, acceptance scenarios `US1.1` …, articles, tasks."""

    parts: tuple[Part, ...]
    scenarios: tuple[str, ...] = ()
    constitution: str = ""
    tasks: str = ""

    def part(self, number: int) -> Part:
        """The part with this number."""
        return next(part for part in self.parts if part.number == number)

    def change(self, number: int, **changes: object) -> Sketch:
        """The sketch with one part changed."""
        # `replace` cannot know the types of keywords that are passed on.
        parts = tuple(
            replace(part, **changes) if part.number == number else part  # type: ignore[arg-type]
            for part in self.parts
        )
        return replace(self, parts=parts)


DOUBLE = Part(
    number=1,
    name="doubles",
    interface="def double(n: int) -> int: ...",
    code="def double(n: int) -> int:\n    return 2 * n\n",
    rows=(("double(1)", "2"), ("double(5)", "10")),
    text="A number MUST be doubled.",
)
QUADRUPLE = Part(
    number=2,
    name="quadruples",
    interface="def quadruple(n: int) -> int: ...",
    code="def quadruple(n: int) -> int:\n    return double(double(n))\n",
    rows=(("quadruple(1)", "4"), ("quadruple(3)", "12")),
    text="A number MUST be doubled twice.",
    needs=(1,),
)
LABEL = Part(
    number=3,
    name="labels",
    interface="def label(n: int) -> str: ...",
    code='def label(n: int) -> str:\n    return f"{quadruple(n)}!"\n',
    rows=(("label(1)", '"4!"'),),
    text="A number MUST be shown with a bang.",
    needs=(2,),
)
SHOUT = Part(
    number=4,
    name="shouts",
    interface="def shout(text: str) -> str: ...",
    code="def shout(text: str) -> str:\n    return text.upper()\n",
    rows=(('shout("a")', '"A"'),),
    text="A text MUST be shouted.",
)
SUMS = Sketch(parts=(DOUBLE, QUADRUPLE, LABEL, SHOUT))


def write_sketch(root: Path, sketch: Sketch) -> None:
    """Put the sketch's documents where they belong."""
    documents = {
        SPEC_PATH: render_spec(sketch),
        PLAN_PATH: render_plan(sketch),
        CONSTITUTION_PATH: sketch.constitution,
        f"{FOLDER}/tasks.md": sketch.tasks,
    }
    for path, text in documents.items():
        if text:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")


def answer(code: str) -> str:
    """Code as a model writes it."""
    return f"```python\n{code}```\n"


def answer_all(sketch: Sketch) -> dict[str, list[str]]:
    """One right answer for every component."""
    return {f"implement {part.ref}": [answer(part.code)] for part in sketch.parts}


def make_tools(
    *models: Model, settings: SearchSettings | None = None, watcher: Watcher | None = None
) -> Tools:
    """Tools with these models, the real sandbox and two workers."""
    return Tools(
        models=models,
        workbench=make_workbench(),
        engine=LocalEngine(2),
        observer=watcher or Watcher(),
        settings=settings or SearchSettings(held_out_share=0),
    )


@cache
def make_workbench() -> Workbench:
    """The Python target in the real sandbox."""
    return Workbench(
        target=TARGETS["python"],
        sandbox=open_sandbox(SandboxSettings()),
        limits=Limits(seconds=20.0),
    )


def make_ports(*models: Model, settings: SearchSettings | None = None) -> BuildPorts:
    """What a build with these models needs."""
    tools = make_tools(*models, settings=settings)

    @contextmanager
    def open_tools(_: Target) -> Iterator[Tools]:
        yield tools

    return BuildPorts(
        targets=TARGETS,
        open_tools=open_tools,
        search=tools.settings,
        models=tuple(model.name for model in models),
        open_workbench=lambda _: make_workbench(),
        now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )


def make_draft_ports(*models: Model, attempts: int = 2) -> DraftPorts:
    """What a drafting operation with these models needs; without one no model may be asked."""

    @contextmanager
    def open_drafter() -> Iterator[Drafter]:
        assert models, "no model is asked here"
        settings = DraftSettings(attempts=attempts)
        yield Drafter(models=models, settings=settings, observer=Watcher())

    return DraftPorts(targets=TARGETS, open_drafter=open_drafter, today=date(2026, 1, 2))


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkout:
    """A repository with a sketch in it, as a user works there."""

    root: Path

    def git(self, *arguments: str) -> str:
        """Plain git; returns what it printed."""
        finished = subprocess.run(
            ["git", *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return finished.stdout.strip()

    def write(self, path: str, text: str) -> None:
        """Write a file, with its folders."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        """A file's text."""
        return (self.root / path).read_text(encoding="utf-8")

    def commit(self) -> None:
        """Commit everything that is there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")

    def adopt(self, sketch: Sketch) -> None:
        """Put a sketch's documents in place of those that are there, and commit."""
        write_sketch(self.root, sketch)
        self.commit()

    def build(
        self,
        *models: Model,
        feature: str = "",
        upgrade: bool = False,
        accept_edits: str = "",
        settings: SearchSettings | None = None,
    ) -> BuildReport:
        """Build with these models; without one no model may be asked."""
        return build(
            self.root,
            BuildRequest(feature=feature, upgrade=upgrade, accept_edits=accept_edits),
            ports=make_ports(*(models or (ScriptedModel([]),)), settings=settings),
        )

    @property
    def head(self) -> str:
        """The commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def look(self) -> tuple[str, str, bytes, dict[str, bytes]]:
        """All refs, the staged and other changes, the index, and every file of the user's."""
        files = {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and not {".git", ".headwater"} & set(path.parts)
        }
        refs = (self.root / ".git/HEAD").read_text() + self.git("for-each-ref")
        status = self.git("status", "--porcelain", "--untracked-files=all")
        return refs, status, (self.root / ".git/index").read_bytes(), files


def copy_checkout(template: Path, place: Path) -> Checkout:
    """A copy of a repository that a test may change, in a folder of its own."""
    return Checkout(root=shutil.copytree(template, place / "copy"))


def start_checkout(root: Path, sketch: Sketch = SUMS) -> Checkout:
    """Commit a sketch in a repository that is there."""
    checkout = Checkout(root=root)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.adopt(sketch)
    return checkout
