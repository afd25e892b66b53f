"""The pictures of docs/public-site.md: the public pages of the dossier (``make screenshots``)."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from claims.models import Claim, Speaker, Verification

PICTURES = Path(__file__).parents[2] / "docs" / "images"
LARGEST = 150_000  # bytes
TALLEST = 1600  # pixels: what follows is more of the same

pytestmark = pytest.mark.skipif(os.environ.get("SCREENSHOTS") != "1", reason="make screenshots")


@pytest.fixture
def pages(transactional_db):
    """What the picture is called: the address of the page."""
    call_command("load_seeds", verbosity=0)
    claim = Claim.objects.get(wording__startswith="L’échange avec la délégation américaine")
    return {
        "home": "/",
        "claim": claim.get_absolute_url(),
        "verification": Verification.objects.get(claims=claim).get_absolute_url(),
        "speaker": Speaker.objects.get(name="Donald Trump").get_absolute_url(),
        "document": claim.document.get_absolute_url(),
        "search": "/claims/?q=moscou",
        "methodology": "/methodology/",
        "contact": "/contact/",
    }


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "light"), (1280, "dark")])
def test_each_is_small(browser, live_server, pages, width, scheme):
    size = {"width": width, "height": 800}
    with browser.new_page(viewport=size, color_scheme=scheme, locale="fr-FR") as page:
        for name, address in pages.items():
            if scheme == "dark" and name != "claim":
                continue
            page.goto(live_server.url + address)
            height = page.locator("html").evaluate("root => root.scrollHeight")
            clip = size | {"x": 0, "y": 0, "height": min(height, TALLEST)}
            picture = page.screenshot(full_page=True, clip=clip)
            suffix = "-dark" if scheme == "dark" else ""
            file = PICTURES / f"site-{name}-{width}{suffix}.png"
            drawn = Image.open(io.BytesIO(picture)).convert("RGB")
            # By what covers most of all colours: those of ratings are rare.
            drawn.quantize(96, Image.Quantize.MAXCOVERAGE).save(file, optimize=True)
            assert file.stat().st_size <= LARGEST, file.name
