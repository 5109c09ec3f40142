import pytest

from accounts.factories import UserFactory
from toolbox.factories import toolbox


@pytest.fixture
def box():
    return toolbox()


@pytest.fixture
def member(client):
    """Somebody of the network, signed in, without any role."""
    user = UserFactory()
    client.force_login(user)
    return user
