"""Asking an address of another site whether it answers, without ever reaching our own network.

Names are resolved once, every address that they give must be public, and the connection is made to
the address that was checked: a name that changes in between leads nowhere else. Redirections are
followed by hand, each checked alike. No proxy, no cookie, and at most a few bytes of an answer.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

CONNECT_SECONDS = 5.0
# All the redirections of one address together.
TOTAL_SECONDS = 20.0
REDIRECTIONS = 5
PORTS = {"http": 80, "https": 443}
BYTES = 64 * 1024
# What a server that knows no HEAD answers to it.
NO_HEAD = {400, 403, 404, 405, 406, 500, 501, 503}
MOVED = {301, 302, 303, 307, 308}


class Refused(ValueError):
    """The address may not be asked: not of the web, or not public. The message says why."""


class Unreachable(OSError):
    """Nobody answered. The message says how it failed."""


@dataclass(frozen=True)
class Answer:
    status: int
    url: str
    body: bytes = b""


def user_agent() -> str:
    """Who asks, and where to read about it."""
    return f"MSAP-verification-des-liens/1.0 (+{settings.SITE_ORIGIN}/robots.txt)"


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises Refused when one of them is not public, Unreachable."""
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Unreachable("unknown name") from error
    for text in found:
        if not is_public(text):
            raise Refused(f"{host} leads to a private address")
    # IPv4 first: not every machine has the other.
    return sorted(found, key=lambda text: (":" in text, text))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public Internet, whatever it is wrapped in."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast


def ask(url: str, method: str = "HEAD", read: int = 0) -> Answer:
    """Ask, follow redirections, and with GET what HEAD does not answer. Raises Refused, Unreachable."""
    until = time.monotonic() + TOTAL_SECONDS
    for _hop in range(REDIRECTIONS + 1):
        answer, location = _once(url, method, read, until)
        if method == "HEAD" and answer.status in NO_HEAD:
            answer, location = _once(url, "GET", read, until)
        if answer.status not in MOVED or not location:
            return answer
        url = urljoin(url, location)
    raise Unreachable("too many redirections")


def _once(url: str, method: str, read: int, until: float) -> tuple[Answer, str]:
    parts = _checked(url)
    host = parts.hostname or ""
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable("too slow")
    last: Exception | None = None
    for address in public_addresses(host, PORTS[parts.scheme])[:3]:
        connection = _PinnedConnection(parts.scheme, host, address, min(CONNECT_SECONDS, left))
        # A server that sends a byte now and then would never reach the timeout of one reading.
        end = threading.Timer(max(until - time.monotonic(), 0.1), connection.cut)
        end.start()
        try:
            return _exchange(connection, parts, method, read)
        except ssl.SSLError as error:
            raise Unreachable("certificate not valid") from error
        except TimeoutError as error:
            last = Unreachable("too slow")
            last.__cause__ = error
        except (OSError, http.client.HTTPException, ValueError) as error:
            last = Unreachable("no answer")
            last.__cause__ = error
        finally:
            end.cancel()
            connection.close()
    raise last or Unreachable("no answer")


def _checked(url: str) -> Any:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("not an address") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused("not an address of the web")
    if parts.username or parts.password:
        raise Refused("holds a password")
    if port not in {None, PORTS[parts.scheme]}:
        raise Refused("unusual port")
    return parts


class _PinnedConnection(http.client.HTTPConnection):
    """Connects to the address that was checked, and speaks to the name."""

    def __init__(self, scheme: str, host: str, address: str, timeout: float) -> None:
        super().__init__(host, PORTS[scheme], timeout=timeout)
        self._scheme, self._address = scheme, address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End whatever it is doing, from another thread."""
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _exchange(
    connection: http.client.HTTPConnection, parts: Any, method: str, read: int
) -> tuple[Answer, str]:
    path = _ascii(parts.path or "/") + (f"?{_ascii(parts.query)}" if parts.query else "")
    headers = {"User-Agent": user_agent(), "Accept": "*/*", "Connection": "close"}
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read(min(read, BYTES)) if read and method == "GET" else b""
    return (
        Answer(response.status, parts.geturl(), body),
        response.getheader("Location", "") or "",
    )


def _ascii(text: str) -> str:
    """Accents as browsers send them; what is escaped already stays."""
    return quote(text, safe="/%:=&?~#+!$,;'@()*[]")
