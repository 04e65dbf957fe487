"""Lock records edited by someone who knows the format: sound by themselves, and never derived."""

from __future__ import annotations

import json
from dataclasses import replace

from headwater.graph.record_codec import decode_component
from headwater.graph.record_fields import Fields
from headwater.graph.records import render_record


def forge_record(text: str, **changes: object) -> str:
    """A component's record with some fields changed, and its own sha256 written anew."""
    record = decode_component(Fields(json.loads(text)))
    # `replace` cannot know the types of keywords that are passed on.
    return render_record(replace(record, **changes))  # type: ignore[arg-type]
