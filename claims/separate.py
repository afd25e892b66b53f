"""Take back that a sentence reports an utterance: it becomes a claim of its own, to be decided."""

from django.contrib.auth.models import AbstractBaseUser
from psycopg.types.range import Int4Range

from claims.acts import act
from claims.models import Appearance, Claim, Speaker


def separate(appearance: Appearance, by: AbstractBaseUser, reason: str = "") -> Claim:
    """The candidate that takes its place, so that it is not recognised as the same again.

    It says what the other said, until an editor changes that.
    """
    with act(by, "claims.delete_appearance", reason):
        first, sentence = appearance.claim, appearance.sentence
        content = appearance.content or [Int4Range(sentence.start, sentence.end)]
        text = sentence.snapshot.text
        appearance.delete()
        claim, created = Claim.objects.get_or_create(
            sentence=sentence,
            content=content,
            defaults={
                "quote": " […] ".join(text[span.lower : span.upper] for span in content),
                "speaker": _in_this_document(first.speaker, sentence.snapshot.document),
                "quotation": first.quotation,
                "kind": first.kind,
                "check_worthiness": first.check_worthiness,
                "reading": appearance.reading,
            },
        )
        if created:
            claim.possible_speakers.set(first.possible_speakers.all())
        return claim


def _in_this_document(speaker: Speaker | None, document) -> Speaker | None:
    """An unnamed source is somebody in one document."""
    if speaker is None or speaker.within_id is None:
        return speaker
    unnamed, _created = Speaker.objects.get_or_create(
        kind=speaker.kind, name=speaker.name, within=document
    )
    return unnamed
