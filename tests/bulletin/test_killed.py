"""A process that dies while it publishes leaves an issue whole or absent, never a part of it."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from wagtail.models import Page, PageLogEntry

from bulletin import factories
from bulletin.models import ArticlePage, PublicationEvent

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = 20
POINTS = 10
# Loads the project once, and publishes in a process of its own for each line it reads. Each write waits a
# little, so that deaths fall between writes and not after the last one.
PUBLISHER = """
import os, sys, time
import django
django.setup()
from django.db import connection
from bulletin import publishing, services
from bulletin.models import IssuePage

def slowly(execute, sql, params, many, context):
    if sql.lstrip().split(None, 1)[0] in {"UPDATE", "INSERT", "DELETE"}:
        time.sleep(0.05)
    return execute(sql, params, many, context)

def publish(pk):
    issue = IssuePage.objects.get(pk=pk)
    make_plan = publishing.make_plan
    def plan(pk):
        made = make_plan(pk)
        print("writing", flush=True)
        return made
    publishing.make_plan = plan
    with connection.execute_wrapper(slowly):
        services.publish_issue(issue, user=None)
    print("done", flush=True)

for line in sys.stdin:
    pid = os.fork()
    if not pid:
        publish(int(line))
        os._exit(0)
    print(pid, flush=True)
    _pid, status = os.waitpid(pid, 0)
    print("ended", os.waitstatus_to_exitcode(status), flush=True)
"""


class Publisher:
    """Publishes an issue in a process that may be killed."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        )
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def start(self, issue):
        """Returns the process, once it is about to write."""
        self.process.stdin.write(f"{issue.pk}\n")
        self.process.stdin.flush()
        said = {self._line(), self._line()}
        assert "writing" in said
        (pid,) = said - {"writing"}
        return int(pid)

    def ends(self):
        """(whether it had finished, its exit code)."""
        finished = (said := self._line()) == "done"
        ended = self._line() if finished else said
        return finished, int(ended.removeprefix("ended "))

    def _line(self):
        return self.process.stdout.readline().strip()


def public_pages(issue):
    return Page.objects.descendant_of(issue, inclusive=True).live().count()


@pytest.mark.django_db(transaction=True)
def test_killed_at_ten_random_points_the_issue_is_whole_or_absent():
    issue = factories.full_issue(ARTICLES, live=False)
    connection.close()
    chance = random.Random(2016)
    outcomes = []
    with Publisher() as publisher:
        for _point in range(POINTS):
            killed = publisher.start(issue)
            time.sleep(chance.uniform(0, 1.2))
            with contextlib.suppress(ProcessLookupError):  # It had ended.
                os.kill(killed, signal.SIGKILL)
            finished, _code = publisher.ends()
            count = public_pages(issue)
            assert count in (0, ARTICLES + 1), f"{count} pages are public"
            whole = count > 0
            assert whole or not finished
            # Event, log and pages tell the same story.
            assert PublicationEvent.objects.exists() is whole
            assert PageLogEntry.objects.filter(action="wagtail.publish").exists() is whole
            outcomes.append(whole)
            if whole:
                Page.objects.filter(path__startswith=issue.path).update(live=False)
                PublicationEvent.objects.all().delete()
                PageLogEntry.objects.all().delete()
        assert False in outcomes, "no death fell in the middle: the test proves nothing"

        publisher.start(issue)
        assert publisher.ends() == (True, 0)
    assert public_pages(issue) == ARTICLES + 1
    assert ArticlePage.objects.child_of(issue).filter(has_unpublished_changes=True).count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_not_held_while_the_issue_is_prepared(monkeypatch):
    from bulletin import publishing, services

    issue = factories.full_issue(2, live=False)
    make_plan, held = publishing.make_plan, []

    def plan(issue_id):
        made = make_plan(issue_id)
        held.append(connection.in_atomic_block)
        return made

    monkeypatch.setattr(publishing, "make_plan", plan)
    services.publish_issue(issue, user=None)
    assert held == [False]
