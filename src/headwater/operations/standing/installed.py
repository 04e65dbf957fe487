"""What is known of the packages that are installed where Headwater runs, from their metadata."""

from __future__ import annotations

from importlib.metadata import metadata
from typing import TYPE_CHECKING

from headwater.rules.articles.evidence import Package
from headwater.rules.articles.required import normalise_package
from headwater.workspace.installed import read_metadata

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import PackageMetadata

# Classifiers that name one licence; others, such as “BSD License”, could be several. That of Apache
# names no version, but no other is in use.
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT No Attribution License (MIT-0)": "MIT-0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "zlib/libpng License": "Zlib",
}
_LICENCE = "License :: "


def find_packages(names: Iterable[str]) -> dict[str, Package]:
    """Packages with these names and all that they require here, by normal name.

    What a marker (PEP 508) rules out on this system, or only an extra asks for, is not required.
    A package that is not installed is not among them.
    """
    found: dict[str, Package] = {}
    waiting = [normalise_package(name) for name in names]
    for name in waiting:  # it grows as it is gone through
        if name in found:
            continue
        package = _read_package(name)
        if package is not None:
            found[name] = package
            waiting += package.requires
    return found


def _read_package(name: str) -> Package | None:
    if read_metadata(name) is None:
        return None
    described = metadata(name)
    required = described.get_all("Requires-Dist") or []
    return Package(
        name=name,
        licence=_read_licence(described),
        requires=tuple(
            dict.fromkeys(other for text in required if (other := _read_required(text)))
        ),
    )


def _read_required(text: str) -> str:
    """The normal name of what is required; empty where it is not required here."""
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - start-up

    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return ""
    wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    return normalise_package(requirement.name) if wanted else ""


def _read_licence(described: PackageMetadata) -> str:
    """As SPDX: the licence expression (PEP 639), else what classifiers name, else a short name."""
    if "License-Expression" in described:
        return described["License-Expression"]
    classifiers = described.get_all("Classifier") or []
    names = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith(_LICENCE)]
    known = [_CLASSIFIERS[name] for name in names if name in _CLASSIFIERS]
    if known and len(known) == len(set(names) - {"OSI Approved"}):
        return " OR ".join(dict.fromkeys(known))
    return _canonicalise((described.get_all("License") or [""])[0])


def _canonicalise(text: str) -> str:
    """A free text as SPDX, if that is what it is; else empty."""
    from packaging.licenses import (  # noqa: PLC0415 - start-up
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    try:
        return str(canonicalize_license_expression(text.strip())) if text.strip() else ""
    except InvalidLicenseExpression:
        return ""
