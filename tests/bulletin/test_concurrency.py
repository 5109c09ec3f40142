"""Real connections at the same time, on PostgreSQL, where transactions do run side by side."""

import threading

import pytest
from django.db import connection

from accounts.factories import UserFactory
from bulletin import composing, factories, services
from bulletin.composing import CompositionConflict
from bulletin.models import ArticlePage, PublicationEvent

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*calls):
    """Run the calls at the same moment, each on its own connection. Returns results or errors."""
    gate = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(place, call):
        try:
            gate.wait(timeout=20)
            results[place] = call()
        except Exception as error:  # what happened is what the test looks at
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_of_two_editors_who_save_at_the_same_moment_one_is_told():
    issue = factories.full_issue(4, live=False)
    ids = [place.article_id for place in composing.placements(issue)]
    version = composing.composition_of(issue.pk).version
    users = [UserFactory(), UserFactory()]

    results = together(
        lambda: composing.arrange(issue, users[0], version, [("zoom", ids)]),
        lambda: composing.arrange(issue, users[1], version, [("map", ids[::-1])]),
    )

    assert sorted(type(result).__name__ for result in results) == ["CompositionConflict", "int"]
    winner = results.index(version + 1)
    section = ("zoom", "map")[winner]
    assert {place.section for place in composing.placements(issue)} == {section}
    (conflict,) = [result for result in results if isinstance(result, CompositionConflict)]
    assert [change.by for change in conflict.changes] == [users[winner]]


def test_publishing_twice_at_the_same_moment_leaves_one_whole_issue():
    issue = factories.full_issue(6, live=False)

    results = together(*[lambda: services.publish_issue(issue, user=None)] * 2)

    assert all(isinstance(result, PublicationEvent) for result in results), results
    assert ArticlePage.objects.child_of(issue).live().count() == 6


def test_an_event_handled_by_two_workers_at_once_is_handled_once():
    event = services.publish_issue(factories.full_issue(1, live=False), user=None)

    def handle():
        with services.handle_once(event, "pdf") as first:
            return first

    assert sorted(together(handle, handle, handle)) == [False, False, True]
