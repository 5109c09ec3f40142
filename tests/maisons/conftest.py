"""What the tests of the network share."""

import pytest

from maisons.factories import CommuneFactory, DepartmentFactory


@pytest.fixture
def murat(db):
    """A commune of Cantal, with a point."""
    return CommuneFactory(
        code="15138",
        name="Murat",
        department=DepartmentFactory(),
        latitude=45.1109,
        longitude=2.8698,
    )
