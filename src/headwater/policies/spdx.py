"""Names of licences as people write them, and their SPDX ids."""

from __future__ import annotations

import re

# Longer names first: `LGPL` holds `GPL`.
_NAMES = (
    ("Apache-2.0", r"apache(?:[- ]?(?:software )?licen[cs]e)?(?:,?[- ]?(?:version )?v?2(?:\.0)?)?"),
    ("BSD-3-Clause", r"bsd[- ]?3(?:[- ]clause)?|3-clause bsd|new bsd"),
    ("BSD-2-Clause", r"bsd[- ]?2(?:[- ]clause)?|2-clause bsd|simplified bsd"),
    ("LGPL-3.0-only", r"lgpl[- ]?v?3(?:\.0)?(?:-only)?"),
    ("LGPL-2.1-only", r"lgpl[- ]?v?2\.1(?:-only)?"),
    ("AGPL-3.0-only", r"agpl[- ]?v?3(?:\.0)?(?:-only)?"),
    ("GPL-3.0-only", r"gpl[- ]?v?3(?:\.0)?(?:-only)?"),
    ("GPL-2.0-only", r"gpl[- ]?v?2(?:\.0)?(?:-only)?"),
    ("MPL-2.0", r"mpl[- ]?(?:v?2(?:\.0)?)?|mozilla public licen[cs]e(?: 2\.0)?"),
    ("PSF-2.0", r"psf(?:-2\.0)?|python software foundation(?: licen[cs]e)?"),
    ("ISC", r"isc"),
    ("MIT", r"mit"),
    ("Unlicense", r"unlicense"),
    ("Zlib", r"zlib"),
    ("0BSD", r"0bsd"),
    ("CC0-1.0", r"cc0(?:-1\.0)?"),
    ("EPL-2.0", r"epl(?:-2\.0)?"),
)


def find_licences(text: str) -> tuple[str, ...]:
    """SPDX ids of the licences that a text names, in its order, each once.

    A name without a version that SPDX needs, such as GPL, is left out rather than guessed; Apache
    and MPL without one mean 2.0.
    """
    found = (
        (match.start(), spdx)
        for spdx, pattern in _NAMES
        for match in re.finditer(rf"(?i)(?<![\w-])(?:{pattern})(?![\w-])", text)
    )
    return tuple(dict.fromkeys(spdx for _, spdx in sorted(found)))
