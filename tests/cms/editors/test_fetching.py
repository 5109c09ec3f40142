"""Other sites are asked politely, and our own network never."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms import jobs
from cms.editors import checking, fetching
from cms.factories import StandardPageFactory
from cms.models import ExternalAddress, PageLink

State = ExternalAddress.State


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1"),
    ],
)
def test_an_address_that_is_not_public_is_never_asked(address):
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1:248:1893:25c8:1946"])
def test_one_that_is_may_be(address):
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://example.org:22/",
        "http://example.org:8080/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user:secret@example.org/",
        "http://[bad/",
        "https:///x",
    ],
)
def test_what_is_not_the_public_web_is_refused_before_any_connection(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("connected"))
    with pytest.raises(fetching.Refused):
        fetching.ask(url)


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch):
    rows = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)
    with pytest.raises(fetching.Refused):
        fetching.ask("http://example.org/")


class Handler(BaseHTTPRequestHandler):
    """A site whose paths say what it answers. What was asked is noted."""

    asked: list = []
    robots = ""

    def do_HEAD(self):
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if self.path == "/robots.txt":
            self.answer(200 if self.robots else 404, self.robots)
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/get-only" and self.command == "HEAD":
            self.answer(405)
        else:
            last = self.path.rsplit("/", 1)[-1]
            self.answer(int(last) if last.isdigit() else 200)

    do_GET = do_HEAD

    def answer(self, status, body=""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


def connect(port, timeout):
    """A connection to a server of this test, without asking for a name."""
    made = socket.socket()
    made.settimeout(timeout)
    made.connect(("127.0.0.1", port))
    return made


@contextmanager
def site(monkeypatch, robots=""):
    """A server of this machine that stands for every public host of the test."""
    handler = type("H", (Handler,), {"asked": [], "robots": robots})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names = {"example.org": "93.184.215.14", "intern.example.org": "10.0.0.1"}

    def resolve(host, *_args, **_kwargs):
        if host not in names:
            raise socket.gaierror
        return [(2, 1, 6, "", (names[host], 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, timeout: connect(server.server_port, timeout),
    )
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def other(monkeypatch):
    with site(monkeypatch) as handler:
        yield handler


def test_head_is_enough_where_it_is_answered(other):
    assert fetching.ask("http://example.org/a").status == 200
    assert [(method, path) for method, path, _agent in other.asked] == [("HEAD", "/a")]


def test_get_asks_what_head_does_not_answer(other):
    assert fetching.ask("http://example.org/get-only").status == 200
    assert [method for method, _path, _agent in other.asked] == ["HEAD", "GET"]


def test_the_robot_says_who_it_is_and_where_to_read_about_it(other):
    fetching.ask("http://example.org/a")
    assert other.asked[0][2].startswith("MSAP-verification-des-liens/")
    assert "+http" in other.asked[0][2]


def test_a_redirection_into_a_private_network_is_refused(other):
    with pytest.raises(fetching.Refused):
        fetching.ask("http://example.org/to/http://intern.example.org/secret")
    assert len(other.asked) == 1


def test_a_site_that_sends_round_in_circles_is_left(other):
    with pytest.raises(fetching.Unreachable):
        fetching.ask("http://example.org/to/" + "/to/" * 9)


def test_a_silent_server_is_left_in_time(monkeypatch):
    monkeypatch.setattr(fetching, "CONNECT_SECONDS", 0.2)
    silent = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("93.184.215.14", 80))]
    )
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, timeout: connect(silent.getsockname()[1], timeout),
    )
    with pytest.raises(fetching.Unreachable, match="too slow"):
        fetching.ask("http://example.org/")
    silent.close()


def test_a_server_that_sends_a_byte_now_and_then_is_left_in_time(monkeypatch):
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.5)
    slow = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip():
        peer, _address = slow.accept()
        while not stop.wait(0.1):
            try:
                peer.send(b"H")
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("93.184.215.14", 80))]
    )
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, timeout: connect(slow.getsockname()[1], timeout),
    )
    with pytest.raises(fetching.Unreachable):
        fetching.ask("http://example.org/")
    stop.set()
    slow.close()


# -- What is noted ---------------------------------------------------------------------------------


@pytest.fixture
def address(db, settings):
    settings.CHECK_EXTERNAL_LINKS = True

    def make(path):
        row = ExternalAddress.objects.create(url=f"http://example.org{path}", next_check_at=None)
        return row

    return make


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/ok", State.WORKS),
        ("/404", State.BROKEN),
        ("/410", State.BROKEN),
        ("/403", State.BY_HAND),
        ("/429", State.BY_HAND),
        ("/500", State.DOUBTFUL),
    ],
)
def test_what_an_address_answers_is_noted_with_its_date(other, address, path, state):
    row = address(path)
    checking.check(row)
    assert row.state == state
    assert row.checked_at and row.next_check_at > row.checked_at


def test_an_error_is_believed_at_the_third_time(other, address):
    row = address("/500")
    states = []
    for _ in range(3):
        checking.check(row)
        states.append(row.state)
    assert states == [State.DOUBTFUL, State.DOUBTFUL, State.BROKEN]


def test_what_works_again_is_forgiven(other, address):
    row = address("/ok")
    row.failures, row.state = 2, State.DOUBTFUL
    checking.check(row)
    assert (row.state, row.failures) == (State.WORKS, 0)


def test_a_name_that_no_longer_exists_is_an_error_in_words(other, address):
    row = address("/")
    row.url = "http://parti.example.org/"
    checking.check(row)
    assert "nom inconnu" in row.detail


def test_what_robots_txt_closes_is_left_to_people(monkeypatch, address):
    with site(monkeypatch, robots="User-agent: *\nDisallow: /prive/\n") as handler:
        row = address("/prive/a")
        checking.check(row)
        assert row.state == State.BY_HAND
        assert [path for _method, path, _agent in handler.asked] == ["/robots.txt"]


@pytest.fixture
def linked(db):
    """Addresses of public pages, to be asked now."""
    page = StandardPageFactory()

    def make(url, page=page):
        from django.utils import timezone

        row = ExternalAddress.objects.create(url=url, next_check_at=timezone.now())
        PageLink.objects.create(
            page=page, kind="external", url=url, address=row, found_at=timezone.now()
        )
        return row

    return make


def test_a_run_asks_each_site_once(linked):
    for n in range(3):
        linked(f"https://example.org/{n}")
    linked("https://example.com/")
    assert len(checking.due()) == 2


def test_addresses_of_drafts_are_not_asked(linked):
    linked("https://example.org/", page=StandardPageFactory(live=False))
    assert checking.due() == []


def test_nothing_is_asked_where_the_installation_does_not_want_it(linked, settings, monkeypatch):
    monkeypatch.setattr(checking, "check", lambda row: pytest.fail("asked"))
    assert settings.CHECK_EXTERNAL_LINKS is False
    linked("https://example.org/")
    jobs.tick()
    checking.check_addresses.func()
