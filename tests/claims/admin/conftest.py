import pytest

from claims import roles
from tests.factories import UserFactory


@pytest.fixture
def chief(db):
    return UserFactory(role=roles.CHIEF)


@pytest.fixture
def groups(transactional_db):
    """The roles, which a test in real transactions finds swept away by the one before."""
    roles.make_groups(None, None)
