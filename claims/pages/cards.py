"""A claim or a verification on a card: as the picture shared pages have, and as a page to embed."""

from csp.decorators import csp_replace
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt

from claims.models import Claim, Standing, Verification
from claims.share_image.card import Card, of_claim, of_verification
from claims.share_image.draw import draw


def claim_on_card(public_id: str) -> Claim:
    """With all a card shows; raises Http404."""
    standings = Standing.objects.select_related("verification__rating")
    claims = Claim.objects.published().with_source()
    return get_object_or_404(
        claims.prefetch_related("speaker__positions", Prefetch("standing", standings)),
        public_id=public_id,
    )


def verification_on_card(public_id: str) -> tuple[Verification, Claim | None]:
    """It, and the first of its claims that is public; raises Http404."""
    published = Verification.objects.published().select_related("rating", "withdrawal")
    verification = get_object_or_404(published.prefetch_related("successors"), public_id=public_id)
    claims = Claim.objects.published().filter(coverage__verification=verification)
    claims = claims.with_source().prefetch_related("speaker__positions")
    return verification, claims.order_by("id").first()


def claim_image(request, public_id):
    return _image(request, of_claim(claim_on_card(public_id)))


def verification_image(request, public_id):
    return _image(request, of_verification(*verification_on_card(public_id)))


def _image(request, card: Card) -> HttpResponse:
    """The PNG; not drawn again for who has it."""
    unchanged = get_conditional_response(request, etag=card.etag)
    response = unchanged or HttpResponse(draw(card), content_type="image/png")
    response.headers["ETag"] = card.etag
    return _for_any_site(response)


def embeddable(view):
    """Decorator: any site may show this page in a frame; there is nothing to click but links."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


@embeddable
def claim_card(request, public_id):
    claim = claim_on_card(public_id)
    return _card(request, of_claim(claim), claim, claim)


@embeddable
def verification_card(request, public_id):
    verification, claim = verification_on_card(public_id)
    return _card(request, of_verification(verification, claim), verification, claim)


def _card(request, card: Card, row, claim: Claim | None) -> HttpResponse:
    """The page of a card that leads to that of ``row``."""
    context = {"card": card, "row": row, "claim": claim}
    if card.rating:
        context["rating"] = {"value": card.rating, "label": card.verdict}
    return _for_any_site(render(request, "claims/card.html", context))


def _for_any_site(response: HttpResponse) -> HttpResponse:
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
