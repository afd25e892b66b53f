"""What is nobody's business but the desk's is on no public page, in no feed and no answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.correct import correct
from claims.decide import reject
from claims.merge import merge_claims
from claims.models import Claim, Effect, Link, Sender
from claims.pages.machines import urlpatterns
from claims.protected import keep_source
from claims.publish import publish, submit, succeed
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    EvidenceFactory,
    LinkFactory,
    MessageFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.pages import every_page

pytestmark = pytest.mark.django_db
SECRET = "zsecretz"


@pytest.fixture
def rows():
    """Those that have pages, amid all that has none."""
    insider = UserFactory(role="chief", username=SECRET, first_name=SECRET, last_name=SECRET)
    claim = ClaimFactory(accepted=True, decided_by=insider, wording="Deux écoles.")
    hidden = {"wording": f"{SECRET}, elle promet."}
    candidate = ClaimFactory(**hidden, speaker=SpeakerFactory(name=f"{SECRET} un"))
    rejected = ClaimFactory(accepted=True, **hidden, speaker=SpeakerFactory(name=f"{SECRET} deux"))
    correct(rejected, "clarification", "Une précision.", insider)
    reject(Claim.objects.filter(pk=rejected.pk), insider, SECRET, "cut_wrong")
    merged = ClaimFactory(accepted=True, wording="La même chose.")
    merge_claims(merged, claim, insider, SECRET)
    for other in (candidate, rejected):
        LinkFactory(claim=other, earlier=claim)
        LinkFactory(claim=other, earlier=claim, kind=Link.Kind.CONTRADICTS, accepted=True)
    proposed = DevelopmentFactory(title=f"{SECRET}, une suite", account=SECRET)
    EffectFactory(development=proposed, claim=claim, proposed=True)
    development = EffectFactory(
        claim=claim, decided_by=insider, kind=Effect.Kind.PARTLY_FULFILS
    ).development
    verification = VerificationFactory(claims=[claim])
    EvidenceFactory(verification=verification)
    piece = {"document": None, "protected": True, "note": "Un témoin."}
    keep_source(EvidenceFactory(verification=verification, **piece).pk, SECRET, SECRET)
    submit(verification, verification.author)
    publish(verification, UserFactory())
    draft = succeed(verification, insider)
    draft.summary = draft.explanation = SECRET
    draft.save()
    EvidenceFactory(verification=draft, document=DocumentFactory(title=SECRET))
    VerificationFactory(claims=[ClaimFactory(accepted=True)], summary=SECRET, author=insider)
    message = MessageFactory(text=SECRET, address=claim.get_absolute_url())
    Sender.objects.create(message=message, name=SECRET, email=f"{SECRET}@example.org")
    return [claim, claim.speaker, claim.document, verification, development, rejected, merged]


def addresses(*rows):
    """Of every page in both languages, and of what only machines read."""
    found = set(every_page())
    for row in rows:
        found |= set(every_page(row))
        for pattern in urlpatterns:
            route = str(pattern.pattern)
            if row.get_absolute_url().startswith(f"/{route.split('<')[0]}") and "<" in route:
                found.add("/" + route.replace("<slug:public_id>", row.public_id))
    found |= {f"/en{address}" for address in found if address.partition("?")[0].endswith("/")}
    sitemaps = [f"/sitemaps/{name}-0.xml" for name in ("claims", "documents", "speakers")]
    searches = [f"/{prefix}?q={SECRET}" for prefix in ("claims/", "speakers/", "en/claims/")]
    return sorted(found) + sitemaps + searches


def test_it_is_nowhere(client, rows):
    now = (timezone.now() + timedelta(seconds=-1)).isoformat().replace("+", "%2B")
    seen = 0
    for address in addresses(*rows):
        for asked in (address, f"{address}{'&' if '?' in address else '?'}as_of={now}"):
            answer = client.get(asked)
            assert answer.status_code < 500, asked
            body = b"".join(answer).decode("utf-8", "replace")
            told = body.replace(f"q={SECRET}", "") if f"q={SECRET}" in asked else body
            if f"q={SECRET}" in asked:
                assert "elle promet" not in told, asked
                assert f"{SECRET} un" not in told, asked
                assert f"{SECRET} deux" not in told, asked
            else:
                assert SECRET not in f"{told} {answer.headers}", asked
            seen += answer.status_code == 200
    assert seen > 80
