"""A record with something on every public page, in words that are hard to set."""

from datetime import timedelta
from urllib.parse import quote

from claims.correct import correct
from claims.decide import reject
from claims.models import Claim
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    MessageFactory,
    PositionFactory,
    RatingFactory,
    ScaleFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.record import supersede, verify

LATER = NOON + timedelta(days=1)
LONG = "anticonstitutionnellement" * 4


def whole_record(words: str) -> Claim:
    """A claim with everything a page can show of one, ``words`` in whatever somebody wrote."""
    name = words[:180]
    text = f"Avant. La maire promet {words} et deux écoles.\n\nAprès."
    start, end = text.index("La maire"), text.index("\n")
    document = DocumentFactory(
        title=f"Article {name}", byline=f"Anne {name}", publisher__name=f"Journal {name}"
    )
    sentence = SentenceFactory(
        snapshot=SnapshotFactory(text=text, document=document), start=start, end=end
    )
    changed = text.replace("deux", f"trois {words}")
    SnapshotFactory(document=document, text=changed, fetched_at=LATER)
    speaker = SpeakerFactory(name=f"Jeanne {name}")
    speaker.aliases.create(name=f"La maire {name}")
    PositionFactory(speaker=speaker, since=PartialDate.parse("2020-03"), title=f"maire de {name}")
    cut = text.index("promet")
    claim = ClaimFactory(
        accepted=True,
        sentence=sentence,
        content=[(cut, end - 1)],
        quote=text[cut : end - 1],
        parts=[(start, cut - 1), (cut, end - 1)],
        wording=f"Deux écoles {words} ouvriront.",
        speaker=speaker,
    )
    evidence = {
        "document__title": f"Compte rendu {name}",
        "document__url": f"https://journal.example/{quote(name)[:200]}",
        "passage": f"deux écoles {words}",
        "note": f"Il en compte une {words}.",
        "archived_url": f"https://archive.example/{quote(name)[:200]}",
        "interest": f"Elle défend son bilan {words}.",
    }
    verification = supersede(
        verify(claim, evidence=[evidence], explanation=f"Avant {words}."),
        summary=f"Imprécis {name}.",
        explanation=f"Après {words}.",
    )
    ForecastFactory(claim=claim, criteria=f"Deux écoles {words}.")
    by = UserFactory()
    correct(verification, "right_of_reply", f"La mairie répond {words}.", by)
    correct(claim, "error", words, by, wording=f"Trois écoles {words} ouvriront.")
    happened = EffectFactory(
        claim=claim,
        note=f"Une seule {words}.",
        development__title=f"La première école {name} ouvre",
        development__account=f"Elle accueille {words}.",
    ).development
    correct(happened, "clarification", f"Cent élèves {words}.", by)
    for kind in ("repeats", "contradicts", "updates"):
        LinkFactory(
            accepted=True,
            earlier=claim,
            kind=kind,
            claim__speaker=speaker,
            claim__wording=f"Elle redit {words}.",
            claim__quotation="direct",
        )
    claim.appearances.create(sentence=SentenceFactory())
    _give_a_track(speaker, words)
    ScaleFactory(version=2, methodology=f"Autrement : {words}.")
    return claim


def _give_a_track(speaker, words: str) -> None:
    """Enough of everything for the plots of a speaker."""
    facts = [ClaimFactory(accepted=True, speaker=speaker, kind="fact") for _each in range(5)]
    verify(*facts, rating=RatingFactory(value="false"))
    for due in ("2198", "2199-05", "2199-06"):
        promise = ClaimFactory(accepted=True, speaker=speaker)
        ForecastFactory(claim=promise, due_on=PartialDate.parse(due), criteria=f"Deux {words}.")
    for kind in ("breaks", "fulfils"):
        EffectFactory(claim=ClaimFactory(accepted=True, speaker=speaker), kind=kind)


def pages_of(claim: Claim) -> dict[str, int]:
    """The address of every public page that shows something of ``claim``: its status."""
    current = claim.verifications.latest_versions().get()
    document, development = claim.document, claim.developments.get()
    rows = (
        claim,
        claim.speaker,
        document,
        current.evidence.get().document,
        current,
        current.predecessor,
        development,
        *claim.corrections.all(),
    )
    own = claim.get_absolute_url()
    parts = [
        f"{document.get_absolute_url()}changes/",
        f"{document.get_absolute_url()}snapshots/{claim.sentence.snapshot.sha256}/",
        *(f"{own}links/{kind}/" for kind in ("repeats", "contradicts", "updates")),
        f"{own}appearances/",
        f"{own}card/",
        f"{current.get_absolute_url()}card/",
    ]
    lists = ["/", "/claims/", "/speakers/", "/developments/", "/corrections/", "/methodology/"]
    return dict.fromkeys([*lists, *(row.get_absolute_url() for row in rows), *parts], 200)


def other_pages(claim: Claim) -> dict[str, int]:
    """Pages of no row, in narrow lists, and those that say why there is nothing: their status."""
    gone = ClaimFactory(accepted=True)
    reject(Claim.objects.filter(pk=gone.pk), UserFactory())
    searched = f"q=ecole&kind={claim.kind}&from=2025&speaker={claim.speaker.public_id}"
    return {
        f"/claims/?{searched}": 200,
        "/claims/?q=zzzz": 200,
        "/corrections/?kind=update": 200,
        "/methodology/1/": 200,
        "/about/": 200,
        "/policies/": 200,
        "/privacy/": 200,
        f"/contact/?about={claim.get_absolute_url()}": 200,
        f"/contact/sent/{MessageFactory().public_id}/": 200,
        "/feeds/": 200,
        "/?as_of=hier": 400,
        "/rien": 404,
        gone.get_absolute_url(): 410,
    }
