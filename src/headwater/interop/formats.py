"""The foreign formats that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.kiro.read import Kiro
from headwater.interop.openspec.read import OpenSpec

if TYPE_CHECKING:
    from headwater.interop.interface import Format
    from headwater.spec.origin import Origin

FORMATS: tuple[Format, ...] = (OpenSpec(), Kiro())


def find_format(origin: Origin) -> Format:
    """The format of this name; it must be a foreign one."""
    return next(one for one in FORMATS if one.origin is origin)
