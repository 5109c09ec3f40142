"""Log lines say which request and whose, and hold nobody's address."""

import json
import logging
import sys

import pytest

from accounts.models import User
from cms.logs import JsonFormatter, current_request, redact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/bulletin/numero-2-automne-2016/", "/bulletin/numero-2-automne-2016/"),
        ("/medias/image/8f14e45f-ceea-467f-a9f0-3d2a1c0d7b11/x", None),
        ("/invitation/camille@example.org/", "/invitation/…/"),
        ("/invitation/camille%40example.org/", "/invitation/…/"),
        ("Not Found: /recherche/?q=Camille+Dupont", "Not Found: /recherche/"),
        (
            "/compte/reset/key/3-c6x2ab-0123456789abcdef0123456789abcdef/",
            "/compte/reset/key/3-c6x2ab-…/",
        ),
        ("(camille@example.org)", "(…)"),
    ],
)
def test_addresses_and_keys_are_left_out(text, shown):
    assert redact(text) == (text if shown is None else shown)


class Kept(logging.Handler):
    """Keeps lines as they would be written."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines = []

    def emit(self, record):
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def kept():
    handler = Kept()
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield handler.lines
    logger.removeHandler(handler)


@pytest.mark.django_db
def test_a_line_carries_request_and_user_but_no_name(client, kept):
    user = User.objects.create_user("camille@example.org")
    client.force_login(user)
    headers = {"X-Request-Id": "abcd-1234"}
    response = client.get("/absent/camille@example.org/?q=x", headers=headers)
    assert response["X-Request-Id"] == "abcd-1234"
    (line,) = kept
    assert line["request_id"] == "abcd-1234"
    assert line["user_id"] == user.pk
    assert line["level"] == "WARNING"
    assert "camille" not in json.dumps(line)


@pytest.mark.django_db
def test_a_forged_identifier_is_replaced(client):
    response = client.get("/robots.txt", headers={"X-Request-Id": 'a"\n{"level": "x"}'})
    assert "level" not in response["X-Request-Id"]


def test_an_exception_is_one_line():
    try:
        raise ValueError("camille@example.org\nsecond line")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), None)
        record.exc_info = sys.exc_info()
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert "ValueError" in line["exception"] and "camille" not in line["exception"]
    assert current_request.get() is None and "request_id" not in line
