"""What another site copies to embed a card."""

from django import template
from django.urls import reverse
from django.utils.html import escape

from claims.embedding import Frame, one_line
from claims.models import Claim

register = template.Library()


@register.simple_tag(takes_context=True)
def embed_html(context, claim: Claim) -> str:
    """The HTML of a frame with its card, shown as text."""
    request = context["request"]
    card = request.build_absolute_uri(reverse("claim-card", args=[claim.public_id]))
    words = one_line(claim.text)
    return escape(Frame.around(card, words, words).html)
