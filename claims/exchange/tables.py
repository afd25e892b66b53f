"""The tables there are."""

from claims.exchange.claims import Claims
from claims.exchange.speakers import Speakers
from claims.exchange.table import Table
from claims.exchange.verifications import Verifications
from claims.models import Import

TABLES: dict[str, type[Table]] = {
    Import.Kind.CLAIMS: Claims,
    Import.Kind.SPEAKERS: Speakers,
    Import.Kind.VERIFICATIONS: Verifications,
}
