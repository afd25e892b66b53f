"""What every whole address of ours begins with."""

from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """The site as it was asked: ``https://constat.example``."""
    return f"{request.scheme}://{request.get_host()}"
