"""Have a CDN forget the pages that show what changed.

The change log tells which rows are others by now (claims/sync/settle.py). A page has the tags of
the rows it is made of; what is found here is which rows' pages may show, count or list something
else.
"""

import json
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.api.resources import RESOURCES
from claims.cache_tags import EVERYTHING, RECORD
from claims.models import Change, Claim, Development, Follower, Speaker, Verification
from claims.public_changes import CDN
from claims.sync.replicas import wait_for_replicas
from claims.sync.settle import settle
from sources.models import Document, Publisher

AT_ONCE = 100  # tags a request: as many as Cloudflare takes; Fastly takes 256
MOST = 1000  # changes or tags: beyond, everything is forgotten
CLOUDFLARE = "api.cloudflare.com"
SECONDS = 10


class NotPurged(Exception):
    """The CDN did not take it; says why."""

    temporary = True
    expected = True


def purge() -> None:
    """Tell the CDN of all it was not told of. Raises NotPurged; then it is told again."""
    last = settle()
    follower = Follower.objects.filter(name=CDN).first()
    if follower is None or follower.number == last:
        return
    if follower.number is None:
        tags = [EVERYTHING]
    else:
        tags = concerned(Change.objects.filter(number__gt=follower.number, number__lte=last))
    wait_for_replicas(last)
    for start in range(0, len(tags), AT_ONCE):
        _ask(tags[start : start + AT_ONCE])
    # Unless everything is to be forgotten again meanwhile.
    Follower.objects.filter(name=CDN, number=follower.number).update(number=last)


def concerned(changes: QuerySet[Change]) -> list[str]:
    """The tags of the pages that these changes concern."""
    rows = {name: set() for name in RESOURCES}
    # A publisher that comes with a document is told elsewhere as before.
    told = changes.exclude(resource="publishers", other=False)
    for resource, row in told.values_list("resource", "row")[: MOST + 1]:
        rows[resource].add(row)
    if rows["ratings"] or sum(map(len, rows.values())) > MOST:
        return [EVERYTHING]
    claims, verifications = rows["claims"], rows["verifications"]
    said_in = "snapshots__sentences"
    found = [
        Claim.objects.filter(pk__in=claims),
        Publisher.objects.filter(pk__in=rows["publishers"]),
        Speaker.objects.filter(pk__in=rows["speakers"]),
        Speaker.objects.filter(claims__in=claims),
        Verification.objects.filter(pk__in=verifications),
        Verification.objects.filter(claims__in=claims),
        Development.objects.filter(pk__in=rows["developments"]),
        Development.objects.filter(claims__in=claims),
        Development.objects.filter(claim__in=claims),
        Document.objects.filter(pk__in=rows["documents"]),
        Document.objects.filter(developments__in=rows["developments"]),
        Document.objects.filter(evidence__verification__in=verifications),
        Document.objects.filter(evidence__verification__claims__in=claims),
        Document.objects.filter(**{f"{said_in}__in": rows["sentences"]}),
        Document.objects.filter(**{f"{said_in}__claims__in": claims}),
        Document.objects.filter(**{f"{said_in}__appearances__claim__in": claims}),
    ]
    tags = {RECORD}
    for some in found:
        tags.update(some.order_by().values_list("public_id", flat=True)[: MOST + 1])
    return [EVERYTHING] if len(tags) > MOST else sorted(tags)


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
