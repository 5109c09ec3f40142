""" "Mes formations" online: where to go on, what fits in ten minutes, what next and why."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling import overrides
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import Outcome, SessionState
from learning.models import ActiveSpan, Enrolment, LearningPathPage, UnitProgress
from learning.overview import interests, mine, recommending, weeks
from learning.overview.recommending import About
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.paths.kinds import EnrolmentState
from maisons.factories import MembershipFactory
from maisons.models import Membership

pytestmark = pytest.mark.django_db
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
PAGE = "/espace-pro/formations/"
THEMES = f"{PAGE}themes/"


@pytest.fixture
def agent():
    user = UserFactory()
    MembershipFactory(user=user)
    Membership.objects.update(starts_at=timezone.now() - 900 * DAY)
    return user


def at_work(enrolment, unit, end, minutes, **progress):
    UnitProgress.objects.update_or_create(
        enrolment=enrolment,
        unit=unit,
        defaults={"active": minutes * 60, "last_at": end, **progress},
    )
    ActiveSpan.objects.create(
        enrolment=enrolment, unit=unit, starts_at=end - minutes * MINUTE, ends_at=end
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(last_unit=unit, last_at=end)


def test_one_goes_on_with_the_unit_last_worked_at_on_the_path_last_active(agent):
    old, recent = (make_enrolment(make_path({"minutes": 10}, {"minutes": 8}), agent) for _ in "ab")
    now = timezone.now()
    at_work(old, units_of(old.path)[0], now - 5 * DAY, 2)
    at_work(recent, units_of(recent.path)[1], now - DAY, 2)
    make_enrolment(make_path(), agent)
    step = mine.online(agent).next
    assert step.mine.enrolment == recent
    assert (step.rank, step.count, step.left) == (2, 2, 6)


def test_the_page_says_the_minutes_left_and_has_one_button_to_go_on(agent, client):
    row = make_enrolment(make_path({"minutes": 10}), agent)
    unit = units_of(row.path)[0]
    at_work(row, unit, timezone.now(), 4)
    client.force_login(agent)
    text = client.get(PAGE).content.decode().replace("\xa0", " ")
    assert "il reste 6 min" in text
    assert (
        text.count(f'etapes/{unit.uuid}/" class="button')
        + text.count(
            f'class="button" href="/espace-pro/parcours/{row.path.uuid}/etapes/{unit.uuid}/'
        )
        == 1
    )


def test_what_is_completed_or_left_is_not_gone_on_with(agent):
    make_enrolment(make_path(), agent, state=EnrolmentState.COMPLETED, completed_at=timezone.now())
    make_enrolment(make_path(), agent, state=EnrolmentState.LEFT)
    assert mine.online(agent).next is None


def test_ten_minutes_propose_what_fits_and_fills_them_best(agent):
    path = make_path(
        {"minutes": 20}, {"minutes": 4}, {"minutes": 9}, {"minutes": 10, "required": False}
    )
    make_enrolment(path, agent)
    found = mine.online(agent)
    assert found.within(10).unit.outline.minutes == 9
    assert found.within(5).unit.outline.minutes == 4
    assert found.within(3) is None


def test_ten_minutes_leave_what_one_goes_on_with_for_its_own_card(agent):
    make_enrolment(make_path({"minutes": 9}, {"minutes": 5}), agent)
    assert mine.online(agent).within(10).unit.outline.minutes == 5


def test_a_wrong_number_of_minutes_is_ten(agent, client):
    make_enrolment(make_path({"minutes": 9}), agent)
    client.force_login(agent)
    for asked in ("abc", "7", "-1", ""):
        response = client.get(f"{PAGE}?minutes={asked}")
        assert [panel["context"]["minutes"] for panel in response.context["panels"].first] == [10]


def test_what_is_due_soon_or_late_is_to_do(agent, client):
    for days, title in ((-2, "En retard"), (5, "Bientôt"), (90, "Plus tard")):
        row = make_enrolment(make_path(title=title), agent)
        Enrolment.objects.filter(pk=row.pk).update(due_on=timezone.localdate() + days * DAY)
    client.force_login(agent)
    to_do = client.get(PAGE).context["to_do"]
    assert [item.title for item in to_do] == ["En retard", "Bientôt"]


def test_time_of_two_tabs_or_two_paths_counts_once_in_its_week(agent, clock):
    clock.move_to(dt.datetime(2026, 11, 27, 10, tzinfo=dt.UTC))
    now = timezone.now()
    one, other = (make_enrolment(make_path(), agent) for _ in "ab")
    at_work(one, units_of(one.path)[0], now, 10)
    at_work(other, units_of(other.path)[0], now - 5 * MINUTE, 10)
    at_work(one, units_of(one.path)[1], now - 8 * DAY, 7)
    at_work(make_enrolment(one.path), units_of(one.path)[0], now, 60)
    found = weeks.weeks(agent)
    assert [week.seconds // 60 for week in found] == [0] * 6 + [7, 15]
    assert found[-1].monday == dt.date(2026, 11, 23)


# -- What next ------------------------------------------------------------------------------------


def reasons(agent, attended=None, held=()):
    found = recommending.recommended(About(agent, attended or {}, frozenset(held)))
    return {each.page.title: each.reason for each in found}


def test_a_theme_that_one_chose_proposes_its_paths_and_says_so(agent, client):
    make_path(title="Métier", module_theme="skills")
    make_path(title="Protection", module_theme="protection")
    assert reasons(agent) == {}
    client.force_login(agent)
    assert client.post(THEMES, {"themes": ["skills"]}).status_code == 302
    assert list(reasons(agent)) == ["Métier"]
    text = client.get(PAGE).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "Vous suivez le thème « Compétences métiers" in text
    client.post(THEMES, {"themes": ["protection"]})
    assert list(reasons(agent)) == ["Protection"]
    client.post(THEMES, {})
    assert reasons(agent) == {}


def test_themes_are_ones_own_and_leave_with_the_account(agent, client):
    other = UserFactory()
    interests.choose(agent, ["skills"])
    interests.choose(agent, ["skills", "network"])
    make_path(title="Métier", module_theme="skills")
    assert reasons(other) == {}
    assert sorted(interests.chosen_by(agent)) == ["network", "skills"]
    held = interests.PersonalData()
    assert len(held.export(agent)["themes_followed"]) == 2
    held.erase(agent)
    assert interests.chosen_by(agent) == []
    client.force_login(agent)
    assert client.post(THEMES, {"themes": ["rien"]}).status_code == 422


def test_what_one_completed_or_follows_is_not_proposed_whatever_the_theme(agent):
    interests.choose(agent, ["skills"])
    done = make_path(title="Fait", module_theme="skills")
    make_path(title="À faire", module_theme="skills")
    make_enrolment(done, agent, state=EnrolmentState.COMPLETED, completed_at=timezone.now())
    held = mine.about(agent, {}).held
    assert list(reasons(agent, held=held)) == ["À faire"]


def test_of_two_paths_with_the_same_reason_the_one_with_more_goes_first(agent):
    interests.choose(agent, ["skills"])
    make_path(title="Plus loin", module_theme="skills", level="deepening")
    make_path(title="Pour débuter", module_theme="skills", level="discovery")
    Membership.objects.filter(user=agent).update(starts_at=timezone.now() - 10 * DAY)
    assert list(reasons(agent)) == ["Pour débuter", "Plus loin"]


def test_a_module_attended_leads_to_the_path_that_goes_on_from_it(agent, client):
    module = ModuleFactory(title="Accueil et médiation")
    make_path(title="La suite", module=module)
    session = SessionFactory(module=module, starts_in=-40 * DAY, state=SessionState.CLOSED)
    RegistrationFactory(user=agent, session=session, outcome=Outcome.ATTENDED)
    client.force_login(agent)
    text = client.get(PAGE).content.decode().replace("\xa0", " ")
    assert "La suite" in text
    assert "Vous avez suivi le module « Accueil et médiation »" in text.replace("\u202f", " ")


def test_somebody_new_is_led_to_discovery_and_nobody_else(agent):
    make_path(title="Découvrir", level="discovery")
    make_path(title="Approfondir", level="deepening")
    assert reasons(agent) == {}
    Membership.objects.update(starts_at=timezone.now() - 20 * DAY)
    assert list(reasons(agent)) == ["Découvrir"]


def test_a_theme_leads_to_its_other_paths(agent):
    done, other = make_path(module_theme="skills"), make_path(title="Même", module_theme="skills")
    make_path(title="Autre", module_theme="network")
    assert list(reasons(agent, held=[str(done.uuid)])) == ["Même"]
    assert str(other.uuid)


def test_colleagues_are_only_a_number_and_only_from_five(agent):
    path = make_path(title="Suivi")
    maison = agent.memberships.get().maison
    for _ in range(4):
        make_enrolment(path, MembershipFactory(user=UserFactory(), maison=maison).user)
    make_enrolment(path)  # somebody elsewhere
    assert reasons(agent) == {}
    make_enrolment(path, MembershipFactory(user=UserFactory(), maison=maison).user)
    assert "5" in reasons(agent)["Suivi"]


def test_a_manager_is_told_that_their_team_follows_a_path():
    manager = MembershipFactory(user=UserFactory(), role="manager")
    Membership.objects.update(starts_at=timezone.now() - 900 * DAY)
    row = MembershipFactory(user=UserFactory(), maison=manager.maison)
    make_enrolment(make_path(title="De l’équipe"), row.user)
    assert list(reasons(manager.user)) == ["De l’équipe"]


def test_what_one_has_already_or_may_not_see_is_not_proposed(agent):
    module = ModuleFactory()
    held = make_path(title="Déjà", module=module)
    hidden = make_path(title="Retiré", module=module)
    LearningPathPage.objects.get(translation_key=hidden.uuid).unpublish()
    assert reasons(agent, {module.pk: "M"}, held=[str(held.uuid)]) == {}


def test_a_unit_with_a_date_is_to_do_and_says_since_when_it_is_late(agent, client):
    row = make_enrolment(make_path(title="Tenir l’accueil"), agent)
    late, soon, far = units_of(row.path)
    today = timezone.localdate()
    for unit, days in ((late, -3), (soon, 4), (far, 90)):
        by = UserFactory()
        overrides.grant(row, by=by, reason="Reprise", unit=unit, due_on=today + days * DAY)
    client.force_login(agent)
    answer = client.get(PAGE)
    said = {item.title: item.text for item in answer.context["to_do"]}
    assert set(said) == {"Étape 1", "Étape 2"}
    assert "en retard depuis le" in said["Étape 1"]
    [line] = mine.lines(mine.online(agent), mine.units_due(agent))
    assert line.standing.code == "late"


@pytest.mark.parametrize("many", [1, 10])
def test_fifteen_queries_at_most_with_many_paths(agent, client, settings, many):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    module = ModuleFactory()
    paths = [make_path(module=module, module_theme="skills") for _ in range(2)]
    make_path(module=module)
    now = timezone.now()
    for path in paths:
        row = make_enrolment(path, agent)
        Enrolment.objects.filter(pk=row.pk).update(due_on=timezone.localdate() + 5 * DAY)
        for _ in range(many):
            at_work(row, units_of(path)[0], now - DAY, 3)
        granted = timezone.localdate() + 2 * DAY
        overrides.grant(row, by=agent, reason="X", unit=units_of(path)[1], due_on=granted)
    session = SessionFactory(module=module, starts_in=-40 * DAY, state=SessionState.CLOSED)
    RegistrationFactory(user=agent, session=session, outcome=Outcome.ATTENDED)
    for days in range(many):
        RegistrationFactory(user=agent, session=SessionFactory(starts_in=(days + 3) * DAY))
    client.force_login(agent)

    def cost(url, cold=False):
        client.get(url)
        if cold:
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return [query["sql"] for query in queries]

    found, empty = cost(PAGE), cost("/page-vide/")
    assert len(found) - len(empty) <= 15, "\n".join(sql[:150] for sql in found)
    assert len(cost(PAGE, cold=True)) <= 30
