"""A cited policy as it is in the work tree; slow formats are kept until the file changes."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from headwater.policies.policy_codec import decode_policy, encode_policy, make_key
from headwater.policies.read_policy import read_policy
from headwater.workspace.files import MAX_DOCUMENT_BYTES, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.policies.interface import PolicyText
    from headwater.workspace.kept_results import KeptResults

_SLOW: Final = frozenset({".pdf", ".docx"})


def read_cited(root: Path, path: str, *, kept: KeptResults | None) -> PolicyText:
    """What a policy says now.

    Args:
        root: the repository.
        path: of the policy.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: there is no such file in the repository.
    """
    data = read_file(root, path, limit=MAX_DOCUMENT_BYTES + 1)
    suffix = PurePosixPath(path).suffix.lower()
    if kept is None or suffix not in _SLOW:
        return read_policy(path, data)
    key = make_key(suffix, data)
    found = kept.find([key]).get(key)
    if found is not None:
        try:
            return decode_policy(path, found)
        except (ValueError, TypeError, LookupError):
            pass  # damaged: read it again
    policy = read_policy(path, data)
    if policy.blocks and not policy.problems:
        kept.keep({key: encode_policy(policy)})
    return policy
