"""Keys made once for all these tests: making one takes half a second."""

from functools import cache
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from learning.credentials import documents, keys


@cache
def premade(number):
    return generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    made = count()
    monkeypatch.setattr(keys, "generate", lambda: premade(next(made) % 3))


@pytest.fixture
def plain(monkeypatch):
    """Files that take no time: what stands in them is not what is tested."""
    monkeypatch.setattr(documents, "attestation", lambda row: f"%PDF {row.number}".encode())
