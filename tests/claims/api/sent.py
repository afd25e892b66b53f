"""JSON that is sent to the API with a key."""

import json

from django.test import Client

from tests.factories import ApiKeyFactory


class Sender:
    """A client with a key of some scopes; ``send`` gives the response."""

    def __init__(self, *scopes, **fields):
        self.key = ApiKeyFactory(scopes=list(scopes), **fields)
        self.client = Client()

    def send(self, address, body, **headers):
        """As a program would; ``body`` may be bytes that are no JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = self.key.header["headers"] | headers
        return self.client.post(address, content, "application/json", headers=headers)


def faults(response, status=400):
    """What is wrong with what was sent: sentences by their pointers."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return {fault["pointer"]: fault["detail"] for fault in response.json()["errors"]}
