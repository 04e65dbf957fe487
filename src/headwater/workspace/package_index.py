"""Facts about a library, from the package index that pip is configured for.

Only names are sent. What comes back is text from outside: of each field only a short form that can
be nothing else is taken.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx

_VERSION = r"\d[\w.+!-]{0,30}"
_LICENCE = r"[A-Za-z0-9][\w .()+/-]{0,48}"
_DATE = r"(\d{4}-\d\d-\d\d)T?.*"
_SIMPLE_JSON = "application/vnd.pypi.simple.v1+json"
_CLASSIFIER = "License :: "
_LARGEST = 20_000_000  # bytes of an answer; the index's page of a large project has some


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageFacts:
    """What the index says of a library; empty for what it does not.

    Attributes:
        name: as it was asked for.
        version: the latest.
        licence: as its author states it.
        released: date of the latest version.
    """

    name: str
    version: str = ""
    licence: str = ""
    released: str = ""

    def __str__(self) -> str:
        parts = (self.version, self.licence, self.released and f"released {self.released}")
        return f"{self.name}: {', '.join(part for part in parts if part)}"


@dataclass(kw_only=True, slots=True)
class PackageIndex:
    """Asks one index. After it could not be reached once, it is not asked again.

    Attributes:
        url: of its simple API (`…/simple`); empty for the one that pip is configured for.
        timeout: seconds that one request may take.
    """

    url: str = ""
    timeout: float = 5.0
    _reached: bool = field(default=True, init=False)

    def find_facts(self, name: str) -> PackageFacts | None:
        """What the index says of a package; None where it knows none, or cannot be asked."""
        self.url = self.url or find_index_url(os.environ)
        if not self._reached or urlsplit(self.url).scheme not in ("http", "https"):
            return None
        import httpx  # noqa: PLC0415  # for start-up cost

        try:
            with httpx.Client(timeout=self.timeout, follow_redirects=True) as client:
                return self._ask(client, name)
        except (httpx.HTTPError, httpx.InvalidURL):
            self._reached = False
            return None

    def _ask(self, client: httpx.Client, name: str) -> PackageFacts | None:
        base = re.sub(r"/simple/?$", "", self.url.rstrip("/"))
        found = _read_json(client, f"{base}/pypi/{name}/json", accept="application/json")
        if found is not None:
            return _read_project(name, found)
        simple = _read_json(client, f"{self.url.rstrip('/')}/{name}/", accept=_SIMPLE_JSON)
        return _read_simple(name, simple) if simple is not None else None


def find_index_url(environment: Mapping[str, str]) -> str:
    """The index that pip asks first, by its variable or its settings files; empty for its default.

    pip is asked itself, so that every place where it looks for settings counts.
    """
    if environment.get("PIP_INDEX_URL"):
        return environment["PIP_INDEX_URL"]
    command = (sys.executable, "-P", "-m", "pip", "config", "list")
    finished = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    found = re.findall(r"^[\w:.]*\.index-url='([^']+)'$", finished.stdout, re.MULTILINE)
    return found[-1] if finished.returncode == 0 and found else ""


def _read_json(client: httpx.Client, url: str, *, accept: str) -> Mapping[str, object] | None:
    response = client.get(url, headers={"Accept": accept})
    if response.status_code >= 400 or len(response.content) > _LARGEST:  # HTTP
        return None
    try:
        content = response.json()
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _read_project(name: str, content: Mapping[str, object]) -> PackageFacts | None:
    """The answer of `…/pypi/NAME/json`."""
    info = content.get("info")
    if not _is_mapping(info):
        return None
    times = [file.get("upload_time_iso_8601") for file in _list_mappings(content.get("urls"))]
    licences = (info.get("license_expression"), info.get("license"), _read_classifier(info))
    return PackageFacts(
        name=name,
        version=_take(info.get("version"), _VERSION),
        licence=next(filter(None, (_take(one, _LICENCE) for one in licences)), ""),
        released=max((_take(time, _DATE) for time in times), default=""),
    )


def _read_simple(name: str, content: Mapping[str, object]) -> PackageFacts | None:
    """The answer of the simple API (PEP 691), with versions and times where it has them (700)."""
    files = _list_mappings(content.get("files"))
    times = {_take(file.get("upload-time"), _DATE): file for file in files}
    released = max(times, default="")
    versions = content.get("versions")
    latest = ""
    if released:
        found = re.match(
            r".*?-(\d[\w.+!]*?)(?:-|\.tar\.gz|\.zip|$)", str(times[released]["filename"])
        )
        latest = _take(found[1], _VERSION) if found else ""
    elif isinstance(versions, list) and versions:
        latest = _take(versions[-1], _VERSION)
    return PackageFacts(name=name, version=latest, released=released) if latest else None


def _read_classifier(info: Mapping[str, object]) -> str:
    """`License :: OSI Approved :: MIT License` → `MIT License`."""
    classifiers = info.get("classifiers")
    for one in classifiers if isinstance(classifiers, list) else ():
        if isinstance(one, str) and one.startswith(_CLASSIFIER):
            return one.rpartition(":: ")[2]
    return ""


def _take(value: object, pattern: str) -> str:
    """A text of this form, or its first group; else nothing."""
    match = re.fullmatch(pattern, value.strip()) if isinstance(value, str) else None
    return "" if match is None else match[1] if match.lastindex else match[0]


def _list_mappings(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if _is_mapping(one)] if isinstance(value, list) else []


def _is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)
