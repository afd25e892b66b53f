"""How probable a link is, for templates."""

from django import template

from claims.linking.queue import in_words
from claims.models import Link

register = template.Library()


@register.filter
def probable(link: Link) -> str:
    """ "very probable (92 %)"; empty where a person proposed it."""
    return f"{in_words(link)} ({link.score * 100:.0f}\u00a0%)" if link.score is not None else ""
