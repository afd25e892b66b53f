"""oEmbed: who is given the address of a page asks here how to embed it. https://oembed.com/"""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from claims import merged
from claims.embedding import Frame, one_line
from claims.models import Claim
from claims.origin import origin
from claims.pages.cards import verification_on_card
from claims.share_image.draw import HEIGHT, WIDTH
from claims.structured_data.site import NAME

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _claim(public_id: str) -> tuple[str, str, str]:
    """Its public id, what it is called and the words its card shows; raises Http404."""
    claim = Claim.objects.published().filter(public_id=public_id).first()
    if claim := claim or merged.kept(Claim, public_id):
        return claim.public_id, claim.text, claim.text
    raise Http404


def _verification(public_id: str) -> tuple[str, str, str]:
    verification, claim = verification_on_card(public_id)
    words = claim.text if claim else verification.summary
    return public_id, verification.summary, words


PAGES = {"claim": _claim, "verification": _verification}


def oembed(request) -> HttpResponseBase:
    """How the page at ``url`` is embedded, in at most ``maxwidth`` × ``maxheight`` pixels."""
    asked, wanted = request.GET.get("url"), request.GET.get("format", "json")
    if not asked:
        return _refusal(_("Which page? Its address goes into “url”."), 400)
    if wanted not in ("json", "xml"):
        return _refusal(_("There is no such format: “format” is json or xml."), 501)
    try:
        limits = [_pixels(request, name) for name in ("maxwidth", "maxheight")]
    except ValueError:
        return _refusal(_("“maxwidth” and “maxheight” are numbers of pixels."), 400)
    try:
        answer = _answer(asked, origin(request), *limits)
    except Http404:
        return _refusal(_("There is nothing to embed at that address."), 404)
    response = JsonResponse(answer) if wanted == "json" else _xml(answer)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _pixels(request, name: str) -> int | None:
    """A limit that was asked for; raises ValueError for one that is none."""
    if (asked := request.GET.get(name)) is None:
        return None
    if not asked.isascii() or not asked.isdigit() or len(asked) > 6 or int(asked) == 0:
        raise ValueError(asked)
    return int(asked)


def _answer(address: str, origin: str, max_width: int | None, max_height: int | None) -> dict:
    """The answer; raises Http404 if the address is of no page of ours that can be embedded."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise Http404 from None
    if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(origin).netloc:
        raise Http404
    language = translation.get_language_from_path(parts.path) or settings.LANGUAGE_CODE
    # The card speaks the language of the page.
    with translation.override(language):
        match = resolve(parts.path.rstrip("/") + "/")
        if match.view_name not in PAGES:
            raise Http404
        public_id, title, words = PAGES[match.view_name](match.kwargs["public_id"])
        card = reverse(f"{match.view_name}-card", args=[public_id])
        image = reverse(f"{match.view_name}-image", args=[public_id])
    title = one_line(title)
    frame = Frame.around(f"{origin}{card}", title, words, max_width, max_height)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": NAME,
        "provider_url": f"{origin}/",
        "html": frame.html,
        "width": frame.width,
        "height": frame.height,
    }
    if (max_width or WIDTH) >= WIDTH and (max_height or HEIGHT) >= HEIGHT:
        answer |= {
            "thumbnail_url": f"{origin}{image}",
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
    return answer


def _xml(answer: dict) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = NOT_IN_XML.sub("", str(value))
    text = ElementTree.tostring(root, encoding="unicode")
    prolog = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return HttpResponse(prolog + text, content_type="text/xml; charset=utf-8")


def _refusal(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
