import pytest

from sources.feeds.links import address
from sources.refused import Refused


@pytest.mark.parametrize(
    ("written", "fetched"),
    [
        ("https://journal.test/a#xtor=RSS-1", "https://journal.test/a"),
        ("https://journal.test/a?xtor=RSS-1", "https://journal.test/a"),
        ("https://journal.test/a?utm_source=rss&id=1&at_medium=RSS", "https://journal.test/a?id=1"),
        ("https://journal.test/a?id=1&page=2", "https://journal.test/a?id=1&page=2"),
        ("https://journal.test/a?attention=1", "https://journal.test/a?attention=1"),
        ("HTTPS://Journal.test:443/école", "https://journal.test/%C3%A9cole"),
        ("https://journal.test", "https://journal.test/"),
    ],
)
def test_it_is_written_in_one_way(written, fetched):
    assert address(written) == address(fetched) == fetched


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://localhost/", "mailto:a@b.fr", f"http://a.fr/{'é' * 1000}"]
)
def test_what_may_not_be_fetched_is_refused(url):
    with pytest.raises(Refused):
        address(url)
