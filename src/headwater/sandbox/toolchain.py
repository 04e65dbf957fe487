"""Which paths of this machine a sandboxed program needs in order to run at all."""

from __future__ import annotations

import os
import shutil
import site
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.sandbox.interface import SandboxError

if TYPE_CHECKING:
    from headwater.sandbox.interface import Command

_LIBRARIES = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_SETTINGS = (  # of the dynamic linker, the clock, and Debian's choice between programs
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/alternatives",
)


def find_system_paths() -> tuple[Path, ...]:
    """The programs and libraries that come with the system, as far as they are there.

    On most systems all but `/usr` and the settings are symbolic links into `/usr`.
    """
    named = [Path("/usr"), *(Path("/", name) for name in _LIBRARIES), *map(Path, _SETTINGS)]
    return tuple(path for path in named if path.exists())


def python_toolchain() -> tuple[Path, ...]:
    """The folders that `sys.executable` needs, with the packages installed for it.

    They are the environment, the interpreter that it was made from, its shared library, and the
    user's own packages where those are switched on.
    """
    named = [
        Path(sys.prefix),
        Path(sys.exec_prefix),
        Path(sys.base_prefix),
        Path(sys.base_exec_prefix),
        Path(sys.executable).resolve().parent,
        *map(Path, sysconfig.get_paths().values()),
        *map(Path, site.getsitepackages()),
    ]
    library = sysconfig.get_config_var("LIBDIR")
    if isinstance(library, str):
        named.append(Path(library))
    if site.ENABLE_USER_SITE:
        named.append(Path(site.getusersitepackages()))
    found = sorted({path for path in named if path.is_dir()}, key=lambda path: len(path.parts))
    outermost: list[Path] = []
    for path in found:
        if not path.is_relative_to("/usr") and not any(map(path.is_relative_to, outermost)):
            outermost.append(path)
    return tuple(outermost)


def resolve_readable(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Each path and, where it leads through symbolic links, also the one that it leads to.

    Raises:
        SandboxError: one is not absolute, or not there for this user.
    """
    found: dict[Path, None] = {}
    for path in paths:
        try:
            resolved = path.resolve(strict=True)
        except OSError:
            resolved = None
        if resolved is None or not path.is_absolute():
            raise SandboxError(
                f"a command is to read {path}, which is no absolute path of something that exists",
                hint="Name the toolchain's paths as they are on this machine.",
            )
        if ".." not in path.parts:
            found[path] = None
        found[resolved] = None
    return tuple(found)


def resolve_folder(folder: Path) -> Path:
    """The folder of a command, free of symbolic links.

    Raises:
        SandboxError: it is no folder that this user may read and write.
    """
    if not os.access(folder / ".", os.R_OK | os.W_OK | os.X_OK):
        raise SandboxError(
            f"a command is to run in {folder}, which is no folder that can be read and written",
            hint="Make the folder, or see to its owner and mode.",
        )
    return folder.resolve()


def find_tool(name: str) -> str:
    """Where a program of the system is.

    Raises:
        SandboxError: it is not installed.
    """
    path = shutil.which(name)
    if path is None:
        raise SandboxError(
            f"the sandbox needs the program {name}, which is not installed",
            hint="Install bubblewrap and util-linux (`apt-get install bubblewrap util-linux`).",
        )
    return path


def env_arguments(command: Command) -> tuple[str, ...]:
    """The command by way of `env`, which sets its environment and looks for its program.

    Raises:
        SandboxError: there is no program that `env` could start.
    """
    variables = (f"{name}={value}" for name, value in command.environment.items())
    return (find_tool("env"), "-i", *variables, *check_arguments(command))


def check_arguments(command: Command) -> tuple[str, ...]:
    """The command's arguments.

    Raises:
        SandboxError: there is no program among them, or one that looks like a variable; or a
            text cannot be handed to a program.
    """
    if not command.arguments or not command.arguments[0] or "=" in command.arguments[0]:
        raise SandboxError(f"there is no program to run in {command.arguments!r}")
    texts = (*command.arguments, *command.environment, *command.environment.values())
    if any("\0" in text for text in texts):
        raise SandboxError(f"no program can be given a zero byte: {command.arguments!r}")
    return command.arguments
