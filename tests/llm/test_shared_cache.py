from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from headwater.errors import UsageError
from headwater.llm.cache import CachedModel
from headwater.llm.interface import EmptyAnswerError, ModelError, ModelRequest
from headwater.llm.redact import RedactedModel
from headwater.llm.shared_cache import open_shared_answers
from headwater.testing.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from headwater.llm.shared_cache import SharedAnswers

REQUEST = ModelRequest(prompt="p", seed=1, purpose="why")
SECRET = "correct-horse-battery-staple"


def refuse(text: str) -> None:
    """No warning is expected."""
    pytest.fail(text)


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What `model.cache` may say: a folder, or a URL."""
    if request.param == "folder":
        return "../shared"
    pytest.importorskip("fsspec", reason="the extra `remote` is not installed")
    return f"file://{tmp_path}/shared" if request.param == "file" else f"memory://{uuid4().hex}"


def open_place(
    place: str, tmp_path: Path, *, warn: Callable[[str], None] = refuse
) -> SharedAnswers:
    """The store at a place, for the repository below `tmp_path`."""
    (tmp_path / "repository").mkdir(exist_ok=True)
    store = open_shared_answers(place, root=tmp_path / "repository", warn=warn)
    assert store is not None
    return store


def test_what_one_asked_another_is_not_asked(place: str, tmp_path: Path) -> None:
    first = ScriptedModel(["answer"])
    paid = CachedModel(first, folder=tmp_path / "a", shared=open_place(place, tmp_path))
    assert paid.complete(REQUEST).usage.calls == 1
    second = ScriptedModel([])
    free = CachedModel(second, folder=tmp_path / "b", shared=open_place(place, tmp_path))
    reply = free.complete(REQUEST)
    assert (reply.text, reply.cached, reply.usage.calls) == ("answer", True, 0)
    assert second.requests == ()


def test_a_shared_answer_is_kept_here_too(place: str, tmp_path: Path) -> None:
    shared = open_place(place, tmp_path)
    CachedModel(ScriptedModel(["x"]), folder=tmp_path / "a", shared=shared).complete(REQUEST)
    CachedModel(ScriptedModel([]), folder=tmp_path / "b", shared=shared).complete(REQUEST)
    alone = CachedModel(ScriptedModel([]), folder=tmp_path / "b", frozen=True)
    assert alone.complete(REQUEST).text == "x"


def test_a_frozen_run_takes_shared_answers(place: str, tmp_path: Path) -> None:
    shared = open_place(place, tmp_path)
    CachedModel(ScriptedModel(["x"]), folder=tmp_path / "a", shared=shared).complete(REQUEST)
    frozen = CachedModel(ScriptedModel([]), folder=tmp_path / "b", shared=shared, frozen=True)
    assert frozen.complete(REQUEST).text == "x"
    with pytest.raises(ModelError, match="why"):
        frozen.complete(ModelRequest(prompt="another", purpose="why"))


def test_an_empty_answer_is_shared_like_any_other(tmp_path: Path) -> None:
    shared = open_place("../shared", tmp_path)
    empty = ScriptedModel([EmptyAnswerError("nothing")])
    with suppress(EmptyAnswerError):
        CachedModel(empty, folder=tmp_path / "a", shared=shared).complete(REQUEST)
    with pytest.raises(EmptyAnswerError, match="cache"):
        CachedModel(ScriptedModel([]), folder=tmp_path / "b", shared=shared).complete(REQUEST)


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"\xff", b"[" * 100_000, b'{"text": "rm -rf", "model": "scripted:model"}'],
)
def test_what_others_damaged_is_a_miss_and_is_not_kept(tmp_path: Path, damage: bytes) -> None:
    shared = open_place("../shared", tmp_path)
    CachedModel(ScriptedModel(["x"]), folder=tmp_path / "a", shared=shared).complete(REQUEST)
    (file,) = (tmp_path / "shared").rglob("*.json")
    file.write_bytes(damage)
    model = CachedModel(ScriptedModel(["y"]), folder=tmp_path / "b", shared=shared)
    assert model.complete(REQUEST).text == "y"
    (kept,) = (tmp_path / "b").rglob("*.json")
    assert kept.read_bytes() == file.read_bytes() != damage


def test_an_answer_that_names_another_model_is_a_miss(tmp_path: Path) -> None:
    """Otherwise the lock would say that a model made what it did not."""
    shared = open_place("../shared", tmp_path)
    CachedModel(ScriptedModel(["x"]), folder=tmp_path / "a", shared=shared).complete(REQUEST)
    (file,) = (tmp_path / "shared").rglob("*.json")
    file.write_text(json.dumps({**json.loads(file.read_text()), "model": "better:m"}))
    model = CachedModel(ScriptedModel(["y"]), folder=tmp_path / "b", shared=shared)
    assert model.complete(REQUEST).text == "y"


def test_a_store_that_breaks_warns_once_and_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("a file where a folder should be")
    warnings: list[str] = []
    shared = open_place("../shared", tmp_path, warn=warnings.append)
    for folder in ("a", "b"):
        model = CachedModel(ScriptedModel(["x"]), folder=tmp_path / folder, shared=shared)
        assert model.complete(REQUEST).text == "x"
    (warning,) = warnings
    assert "shared cannot be read" in warning
    assert "NotADirectoryError" in warning


def test_no_secret_reaches_the_store(place: str, tmp_path: Path) -> None:
    shared = open_place(place, tmp_path)
    inner = ScriptedModel([lambda request: request.prompt])
    cached = CachedModel(inner, folder=tmp_path / "a", shared=shared)
    RedactedModel(cached, secrets=(SECRET,)).complete(ModelRequest(prompt=f"key {SECRET}"))
    (file,) = (tmp_path / "a").rglob("*.json")
    data = shared.read(file.relative_to(tmp_path / "a").as_posix())
    assert data == file.read_bytes()
    assert SECRET.encode() not in data
    assert b"[secret]" in data


def test_no_place_is_no_store(tmp_path: Path) -> None:
    assert open_shared_answers("", root=tmp_path, warn=refuse) is None


def test_a_url_of_no_known_kind_says_what_to_write(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="the extra `remote` is not installed")
    with pytest.raises(UsageError, match="no place for a cache") as caught:
        open_shared_answers(f"nonsense://me:{SECRET}@host/x", root=tmp_path, warn=refuse)
    assert SECRET not in str(caught.value)
    assert "s3://" in caught.value.hint


def test_a_url_whose_package_is_absent_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UsageError, match="not installed") as caught:
        open_shared_answers("memory://x", root=tmp_path, warn=refuse)
    assert "headwater[remote]" in caught.value.hint
