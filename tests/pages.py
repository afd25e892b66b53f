"""What a reader sees of a public page, for tests."""

import re

from claims.api.endpoints import router
from claims.pages.urls import urlpatterns


def shown(client, row_or_path, status=200):
    """The text of a public page."""
    path = row_or_path if isinstance(row_or_path, str) else row_or_path.get_absolute_url()
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def heading(client, row, status=200) -> str:
    """The top of a page, up to its main heading."""
    return shown(client, row, status).partition("<main")[2].partition("<h1")[0]


def every_page(*rows) -> list[str]:
    """The address of every public page, and of every endpoint, of no row or of one of ``rows``."""
    by_folder = {row.get_absolute_url().strip("/").split("/")[0]: row for row in rows}
    addresses = []
    for prefix, patterns in (("", urlpatterns), ("api/v1/", router.urls)):
        for route in map(_route, patterns):
            row = by_folder.get(route.partition("/")[0])
            if "<" not in route:
                addresses.append(f"/{prefix}{route}")
            elif row and route.count("<") == 1:
                page = re.sub(r"(\(\?P)?<.*?>[^/]*", row.public_id, route)
                addresses.append(f"/{prefix}{page}")
    return addresses


def _route(pattern) -> str:
    return str(pattern.pattern).strip("^$").removesuffix(r"\Z")
