import pytest

from claims.models import Claim, Verification
from claims.pages.addresses import place
from sources.models import Document


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/claims/k7m2p9x3qd/", (Claim, "k7m2p9x3qd")),
        ("/en/claims/k7m2p9x3qd/", (Claim, "k7m2p9x3qd")),
        ("/documents/k7m2p9x3qd/changes/", (Document, "k7m2p9x3qd")),
        (
            "https://constat.example/en/verifications/k7m2p9x3qd/?as_of=2026",
            (Verification, "k7m2p9x3qd"),
        ),
        ("/claims/", None),
        ("/admin/claims/claim/12/change/", None),
        ("/api/v1/claims/k7m2p9x3qd/", None),
        ("https://[journal/claims/k7m2p9x3qd/", None),
        ("", None),
    ],
)
def test_an_address_names_the_row_it_is_about(address, found):
    assert place(address) == found
