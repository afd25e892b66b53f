"""The one address of an entry, however its feeds write it."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from sources.fetching import addresses
from sources.refused import Refused

# What only tells a site where its readers come from: Google, AT Internet, Meta, Mailchimp.
TRACKING = re.compile(r"(?:utm_\w+|at_\w+|xtor|fbclid|gclid|mc_[ce]id)(?:=|$)", re.IGNORECASE)


def address(url: str) -> str:
    """``url`` as it is fetched, without what counts readers; raises Refused if it may not be."""
    read = addresses.read(url)
    path, query = urlsplit(read.target)[2:4]
    kept = "&".join(part for part in query.split("&") if part and not TRACKING.match(part))
    found = str(read.at(f"{path}?{kept}" if kept else path))
    if len(found) > addresses.LONGEST:
        raise Refused(_("it is longer than %(limit)d characters") % {"limit": addresses.LONGEST})
    return found
