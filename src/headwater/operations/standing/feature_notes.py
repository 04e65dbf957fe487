"""The notes of every feature, kept until its documents change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.standing.result_keys import combine
from headwater.rules.notes import decode_notes, encode_notes
from headwater.rules.take_notes import take_notes
from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from headwater.operations.standing.reading import Reading
    from headwater.rules.notes import FeatureNotes


def read_notes(reading: Reading) -> tuple[FeatureNotes, ...]:
    """One a feature, in their order."""
    library, constitution = reading.library, reading.constitution
    # What interface blocks use matters only to articles that check code.
    checked = any(article.checks for article in constitution.articles) if constitution else False

    def make(number: str) -> FeatureNotes:
        loaded = reading.load(number)
        target = reading.target_of(loaded.feature) if checked else None
        plan = loaded.feature.plan
        facts = {
            qualify(each.id, feature=number): target.read_facts(each.interface, path=each.files[0])
            for each in (plan.components if plan and target else ())
            if target and each.files
        }
        return take_notes(loaded.feature, interfaces=loaded.interfaces, facts=facts)

    kind = b"notes of uses 2" if checked else b"notes 2"
    keys = {number: combine(kind, library.key(number)) for number in reading.summaries}
    return tuple(library.recall(keys, make=make, encode=encode_notes, decode=decode_notes))
