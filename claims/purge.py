"""Have a CDN forget the pages that show what changed.

Triggers queue the rows that changed (claims/public_changes.py). Which pages that concerns is found
afterwards, when all of it is committed. A page has the tags of the rows it is made of; what is
found here is which rows' pages may show, count or list something else by now.
"""

import json
from collections.abc import Iterable
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from claims.cache_tags import EVERYTHING, RECORD
from claims.models import (
    Claim,
    Development,
    LastChange,
    Link,
    PublicChange,
    Speaker,
    Verification,
)
from sources.models import Document, Publisher

Kind = PublicChange.Kind
AT_ONCE = 100  # tags a request: as many as Cloudflare takes; Fastly takes 256
MOST = 1000  # claims or tags: beyond, everything is forgotten
CLOUDFLARE = "api.cloudflare.com"
SECONDS = 10


class NotPurged(Exception):
    """The CDN did not take it; says why."""

    temporary = True
    expected = True


def purge() -> None:
    """Tell the CDN of all that was queued. Raises NotPurged; then it stays queued."""
    with transaction.atomic():
        # Whoever is just committing a change holds this row, and found this job waiting.
        LastChange.objects.select_for_update().first()
        changes = list(PublicChange.objects.all())
    if changes and settings.CDN_PURGE_URL:
        tags = concerned(changes)
        for start in range(0, len(tags), AT_ONCE):
            _ask(tags[start : start + AT_ONCE])
    PublicChange.objects.filter(pk__in=[change.pk for change in changes]).delete()


def concerned(changes: Iterable[PublicChange]) -> list[str]:
    """The tags of the pages that these changes concern."""
    rows: dict[str, set[int]] = {kind: set() for kind in Kind}
    for change in changes:
        rows[change.kind].add(change.row)
    claims = _claims(rows)
    if rows[Kind.EVERYTHING] or len(claims) > MOST:
        return [EVERYTHING]
    verifications, developments = rows[Kind.VERIFICATION], rows[Kind.DEVELOPMENT]
    said_in = "snapshots__sentences"
    found = [
        Claim.objects.filter(pk__in=claims),
        Publisher.objects.filter(pk__in=rows[Kind.PUBLISHER]),
        Speaker.objects.filter(pk__in=rows[Kind.SPEAKER]),
        Speaker.objects.filter(claims__in=claims),
        Verification.objects.filter(pk__in=verifications),
        Verification.objects.filter(claims__in=claims),
        Development.objects.filter(pk__in=developments),
        Development.objects.filter(claims__in=claims),
        Development.objects.filter(claim__in=claims),
        Document.objects.filter(pk__in=rows[Kind.DOCUMENT]),
        Document.objects.filter(developments__in=developments),
        Document.objects.filter(evidence__verification__in=verifications),
        Document.objects.filter(evidence__verification__claims__in=claims),
        Document.objects.filter(**{f"{said_in}__in": rows[Kind.SENTENCE]}),
        Document.objects.filter(**{f"{said_in}__claims__in": claims}),
        Document.objects.filter(**{f"{said_in}__appearances__claim__in": claims}),
    ]
    tags = {RECORD}
    for some in found:
        tags.update(some.order_by().values_list("public_id", flat=True)[: MOST + 1])
    return [EVERYTHING] if len(tags) > MOST else sorted(tags)


def _claims(rows: dict[str, set[int]]) -> set[int]:
    """The claims whose standing, or what became of them, may have changed; too many, where so.

    A verification stands for every claim that repeats what it is about, and for what those repeat.
    """
    claims = set(rows[Kind.CLAIM])
    covered = Claim.objects.filter(verifications__in=rows[Kind.VERIFICATION])
    moved = Claim.objects.filter(developments__in=rows[Kind.DEVELOPMENT])
    later = Claim.objects.filter(developments_made__in=rows[Kind.DEVELOPMENT])
    for some in (covered, moved, later):
        claims.update(some.order_by().values_list("pk", flat=True)[: MOST + 1])
    repeats = Link.objects.order_by().filter(kind=Link.Kind.REPEATS, status=Link.Status.ACCEPTED)
    new = claims
    while new and len(claims) <= MOST:
        both = repeats.filter(claim__in=new).union(repeats.filter(earlier__in=new))
        new = {end for ends in both.values_list("claim", "earlier") for end in ends} - claims
        claims |= new
    return claims


def _ask(tags: list[str]) -> None:
    """One request: Varnish and Fastly read a header, Cloudflare a JSON body."""
    headers = {"Surrogate-Key": " ".join(tags)}
    body = None
    if urlsplit(settings.CDN_PURGE_URL).hostname == CLOUDFLARE:
        headers = {"Content-Type": "application/json"}
        body = json.dumps({"tags": tags})
    name, _colon, value = settings.CDN_PURGE_HEADER.partition(":")
    if name:
        headers[name.strip()] = value.strip()
    try:
        answer = urllib3.request(
            "POST",
            settings.CDN_PURGE_URL,
            body=body,
            headers=headers,
            timeout=SECONDS,
            retries=False,
            redirect=False,
        )
    except urllib3.exceptions.HTTPError as error:
        raise NotPurged(_("The CDN could not be reached.")) from error
    if answer.status >= 300:
        raise NotPurged(_("The CDN answered %(status)d to a purge.") % {"status": answer.status})
