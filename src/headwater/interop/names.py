"""Ids made of names: the same name always gives the same id."""

from __future__ import annotations

import re


def make_slug(name: str) -> str:
    """A name in lower case, with `-` for whatever is neither letter nor digit: `sign-in`.

    Letters of every script stay, so that `認証` is a slug too. A name without any gives `unnamed`.
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "unnamed"


class SlugSet:
    """Slugs of the names in one place. Another name with the same slug gets `-2`, and so on."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def take(self, name: str) -> str:
        """The slug of this name. The same name, however spaced and cased, has the same slug."""
        folded = " ".join(name.casefold().split())
        base = slug = make_slug(name)
        number = 1
        while self._names.setdefault(slug, folded) != folded:
            number += 1
            slug = f"{base}-{number}"
        return slug
