"""What a reader sees of a public page, for tests."""

import re

from django.urls import reverse

from claims.api.resources import RESOURCES
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
    addresses = ["/api/v1/", *(reverse(f"api-{name}-list") for name in RESOURCES)]
    addresses += [
        reverse(f"api-{name}-detail", args=[by_folder[name].public_id])
        for name in RESOURCES
        if name in by_folder
    ]
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        row = by_folder.get(route.partition("/")[0])
        if "<" not in route:
            addresses.append(f"/{route}")
        elif row and route.count("<") == 1:
            addresses.append("/" + re.sub("<.*?>", row.public_id, route))
    return addresses
