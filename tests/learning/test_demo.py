"""The demonstration: seven modules whole, twenty sessions at every stage, all marked as made up."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from learning.kinds import SessionState
from learning.models import CataloguePage, Session, TrainingModulePage
from learning.steering.demo import PAST

pytestmark = [pytest.mark.django_db, pytest.mark.demo]


def test_the_seven_modules_are_whole():
    modules = TrainingModulePage.objects.live().filter(kind="national")
    assert modules.count() == 7
    for page in modules:
        assert page.objectives and page.audience and page.prerequisites
        assert len(page.programme) == page.half_days
        assert page.is_fictitious and page.source


def test_sessions_are_in_eleven_cities_at_every_stage_and_say_that_they_are_made_up():
    # What was held earlier comes besides.
    sessions = Session.objects.filter(module__kind="national").exclude(uuid__in=PAST)
    assert sessions.count() == 20
    assert sessions.exclude(commune=None).values("commune").distinct().count() == 11
    stages = set(sessions.values_list("state", flat=True))
    assert stages >= {SessionState.DRAFT, SessionState.OPEN, SessionState.CANCELLED}
    assert not Session.objects.filter(is_fictitious=False).exists()


def test_loading_twice_adds_nothing():
    before = Session.objects.count(), TrainingModulePage.objects.count()
    call_command("load_demo", verbosity=0)
    assert before == (Session.objects.count(), TrainingModulePage.objects.count())


@pytest.mark.parametrize("near", ["", "?pres_de=Brive", "?pres_de=97400", "?pres_de=Saint-Denis"])
def test_public_pages_keep_within_their_budget(
    client, settings, django_assert_max_num_queries, near
):
    settings.PAGE_CACHE = False
    module = TrainingModulePage.objects.live().first()
    session = Session.objects.filter(state=SessionState.OPEN).first()
    pages = [
        *(page.get_url() for page in CataloguePage.objects.live()),
        module.get_url(),
        session.get_absolute_url(),
    ]
    for url in [*pages, f"/sessions/{near}"]:
        client.get(url)
        cache.clear()
        with django_assert_max_num_queries(20, info=url):
            assert client.get(url).status_code == 200
