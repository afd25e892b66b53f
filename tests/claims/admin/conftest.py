import pytest

from claims import roles
from tests.factories import UserFactory


@pytest.fixture
def chief(db):
    return UserFactory(role=roles.CHIEF)
