"""PostgreSQL keeps the plans of the questions that pages ask again and again (docs/decisions/0010)."""

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from cms import plans

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def kept() -> int:
    """How many plans this connection holds of the question below."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE position(%s in statement) > 0",
            ['"accounts_user"."date_joined" <'],
        )
        return cursor.fetchone()[0]


def ask(times: int) -> None:
    for _number in range(times):
        list(User.objects.filter(date_joined__lt=timezone.now()).values_list("pk"))


def test_a_question_met_often_enough_is_planned_no_more():
    threshold = settings.POSTGRESQL_OPTIONS["prepare_threshold"]
    before = kept()
    ask(threshold)
    assert kept() == before
    ask(1)
    assert kept() == before + 1
    ask(10)
    assert kept() == before + 1


def test_a_connection_keeps_the_plans_of_many_pages():
    connection.ensure_connection()
    assert connection.connection.prepared_max == plans.KEPT
