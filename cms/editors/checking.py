"""The worker asks the sites to which our pages lead, a few at a time, and notes what they answer.

Off unless `CHECK_EXTERNAL_LINKS`. A run asks each site once, stops after `RUN_SECONDS` since mail
waits behind it, and comes every ten minutes: no site is asked more often than that. What its
robots.txt closes is left to people.
"""

import datetime as dt
import time
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import ExternalAddress
from ..tasks import background
from . import fetching

State = ExternalAddress.State

BATCH = 10
RUN_SECONDS = 30.0
PAUSE_SECONDS = 0.5
# How long an answer is believed; what fails is asked again sooner, to be sure of it.
AGAIN = dt.timedelta(days=7)
AGAIN_DOUBTFUL = dt.timedelta(hours=6)
CERTAIN_AFTER = 3
GONE = {404, 410}
UNFRIENDLY = {401, 403, 405, 406, 418, 429, 451, 999}
ROBOT = "MSAP-verification-des-liens"


def is_on() -> bool:
    return bool(settings.CHECK_EXTERNAL_LINKS)


def due(now: dt.datetime | None = None) -> list[ExternalAddress]:
    """The addresses to ask now: those of public pages, one for each site, at most `BATCH`."""
    rows = ExternalAddress.objects.filter(
        next_check_at__lte=now or timezone.now(), links__page__live=True
    ).order_by("next_check_at", "pk")
    hosts: dict[str, ExternalAddress] = {}
    for row in rows.distinct()[: BATCH * 20]:
        hosts.setdefault(urlsplit(row.url).hostname or "", row)
    return list(hosts.values())[:BATCH]


@background(attempts=1)
def check_addresses() -> None:
    """Ask one batch, or what of it fits in the time of a run."""
    if not is_on():
        return
    until = time.monotonic() + RUN_SECONDS
    for row in due():
        check(row)
        if time.monotonic() > until:
            return
        time.sleep(PAUSE_SECONDS)


def check(row: ExternalAddress) -> None:
    """Ask one address and note what it answered, in the language of the site."""
    with override("fr"):
        state, detail = _asked(row.url)
    failed = state in {State.DOUBTFUL, State.BROKEN}
    row.failures = min(row.failures + 1, 100) if failed else 0
    if state == State.DOUBTFUL and row.failures >= CERTAIN_AFTER:
        state = State.BROKEN
    now = timezone.now()
    row.state, row.detail, row.checked_at = state, detail[:200], now
    row.next_check_at = now + (AGAIN_DOUBTFUL if state == State.DOUBTFUL else AGAIN)
    row.save()


def _asked(url: str) -> tuple[str, str]:
    """(state, what it answered in words)."""
    try:
        if not _robots_allow(url):
            return State.BY_HAND, _("Its robots.txt asks not to be visited.")
        answer = fetching.ask(url)
    except fetching.Refused as refusal:
        return State.BROKEN, _REASONS.get(str(refusal), _("Not a public address."))
    except fetching.Unreachable as failure:
        return State.DOUBTFUL, str(_reason(str(failure)))
    if answer.status in GONE:
        return State.BROKEN, _("Page not found (%(status)s).") % {"status": answer.status}
    if answer.status in UNFRIENDLY:
        return State.BY_HAND, _("Refused (%(status)s).") % {"status": answer.status}
    if answer.status >= 400:
        return State.DOUBTFUL, _("Error (%(status)s).") % {"status": answer.status}
    moved = answer.url if answer.url.rstrip("/") != url.rstrip("/") else ""
    return State.WORKS, (_("Leads to %(url)s") % {"url": moved} if moved else "")


def _reason(code: str) -> str:
    return {
        "unknown name": _("This site does not exist (unknown name)."),
        "too slow": _("No answer in time."),
        "certificate not valid": _("Its certificate is not valid."),
        "too many redirections": _("Too many redirections."),
    }.get(code, _("No answer."))


_REASONS = {"holds a password": _("The address holds a password.")}


def _robots_allow(url: str) -> bool:
    """What the robots.txt of the site says; one that cannot be read forbids nothing."""
    parts = urlsplit(url)
    try:
        answer = fetching.ask(
            f"{parts.scheme}://{parts.hostname}/robots.txt", method="GET", read=fetching.BYTES
        )
    except (fetching.Refused, fetching.Unreachable):
        return True
    if answer.status != 200:
        return True
    rules = RobotFileParser()
    rules.parse(answer.body.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(ROBOT, url)
