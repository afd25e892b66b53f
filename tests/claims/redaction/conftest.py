import pytest

from claims import roles
from tests.claims.redaction.case import made
from tests.factories import UserFactory


@pytest.fixture
def case():
    return made()


@pytest.fixture
def chief():
    return UserFactory(role=roles.CHIEF)
