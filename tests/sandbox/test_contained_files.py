"""Generated code that looks around: nothing of the user's is read, and nothing outside changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from headwater.sandbox.toolchain import python_toolchain
from tests.sandbox.conftest import Caller


def test_the_callers_environment_cannot_be_read(
    confined: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_SECRET", "s3cret-from-outside")
    source = (
        "import glob, os\n"
        "print(dict(os.environ))\n"
        "for path in ['/proc/1/environ', f'/proc/{os.getppid()}/environ',\n"
        "             *glob.glob('/proc/[0-9]*/environ'), *glob.glob('/proc/[0-9]*/cmdline')]:\n"
        "    try: print(path, open(path, 'rb').read())\n"
        "    except OSError as error: print(path, error.strerror)\n"
        "print('looked')\n"
    )
    finished = confined.run_python(source)
    assert finished.stdout.endswith(b"looked\n"), finished.stderr
    assert b"s3cret" not in finished.stdout


def test_files_of_home_and_root_cannot_be_read(confined: Caller) -> None:
    """Neither by name, nor through a link, nor by listing; the marker is the user's own file."""
    home = confined.make_folder("home")
    marker = confined.write(home / "marker", "s3cret-of-home")
    marker.chmod(0o644)
    folder = confined.make_folder()
    (folder / "link").symlink_to(home)
    source = (
        "import os, sys\n"
        "for path in sys.argv[1:]:\n"
        "    for look in (lambda: open(path, 'rb').read(), lambda: os.listdir(path)):\n"
        "        try: print('got', path, look())\n"
        "        except OSError: pass\n"
        "print('looked')\n"
    )
    real_home = Path.home()
    hidden = [marker, home, "link/marker", "link", folder / ".." / "home" / "marker"]
    hidden += ["/etc/shadow", "/etc/passwd", real_home / ".ssh", real_home / ".bashrc", "/etc/ssl"]
    hidden += ["/var", "/sys/class", f"/proc/1/root{marker}", Path(__file__)]
    finished = confined.run_python(source, *hidden, folder=folder)
    assert finished.stdout == b"looked\n", finished.stderr


_OVERWRITE = """
import os, sys
def attempt(name, act):
    try:
        act()
        print('did', name)
    except OSError:
        pass
for path in sys.argv[1:]:
    attempt('create', lambda: open(path + '/made', 'x').close())
    attempt('mkdir', lambda: os.mkdir(path + '/made-folder'))
    attempt('overwrite', lambda: open(path, 'r+').write('spoilt'))
    attempt('truncate', lambda: os.truncate(path, 0))
    attempt('open-truncate', lambda: os.open(path, os.O_RDONLY | os.O_TRUNC))
    attempt('delete', lambda: os.unlink(path))
    attempt('rename', lambda: os.rename(path, path + '-moved'))
    attempt('take', lambda: os.rename(path, 'taken'))
    attempt('link', lambda: os.link(path, 'linked'))
    attempt('rmdir', lambda: os.rmdir(path))
    os.path.exists(path) and attempt('chmod', lambda: os.chmod(path, 0o777))
print('tried')
"""


def _describe(path: Path) -> tuple[object, ...]:
    status = path.lstat()
    text = path.read_bytes() if path.is_file() else sorted(path.iterdir())
    return (status.st_mode, status.st_uid, status.st_size, status.st_nlink, text)


def _attack_files(caller: Caller) -> None:
    outside = caller.make_folder("outside")
    marker = caller.write(outside / "marker", "as it was")
    empty = caller.make_folder("outside/empty")
    folder = caller.make_folder()
    (folder / "link").symlink_to(outside)
    (folder / "link-to-file").symlink_to(marker)
    paths = [marker, outside, empty, "link", "link/marker", "link/empty", "link-to-file"]
    paths += ["../outside/marker", "/etc", "/usr", "/usr/bin/env", "/etc/ld.so.cache", "/"]
    paths += [python_toolchain()[0], "/dev", "/dev/null", "/proc/sys/kernel/hostname"]
    watched = [marker, outside, empty, Path("/usr"), Path("/etc/ld.so.cache"), Path("/etc")]
    before = [_describe(path) for path in watched]
    finished = caller.run_python(_OVERWRITE, *paths, folder=folder)
    assert finished.stdout.endswith(b"tried\n"), finished.stderr
    assert [_describe(path) for path in watched] == before
    assert not Path("/made").exists()
    assert not (python_toolchain()[0] / "made").exists()


def test_nothing_outside_the_folder_can_be_changed(confined: Caller) -> None:
    _attack_files(confined)


@pytest.mark.parametrize("version", [1, 2, 3, 5])
def test_older_landlock_protects_the_same_files(place: Path, version: int) -> None:
    """What an older kernel's Landlock does not govern, the system call filter refuses."""
    _attack_files(Caller(kind=f"landlock-{version}", place=place))
