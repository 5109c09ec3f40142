"""The manager's team: modules, dates and results while the membership lasts, and nothing else."""

import csv
import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.factories import UserFactory
from accounts.roles import Scope
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import Outcome, RegistrationState, SessionState
from learning.models import Registration
from learning.steering import team
from learning.steering.forms import TeamFilters
from learning.steering.newcomers import not_yet_trained
from maisons.factories import HostOrganisationFactory, MaisonFactory, MembershipFactory
from maisons.models import Membership

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAGE = "/espace-pro/equipe/formations/"
SECRETS = ("Boucle magnétique", "Apprendre à accueillir")
FILES = ("equipe-personnes", "equipe-formations")


@pytest.fixture
def maison():
    return MaisonFactory()


@pytest.fixture
def manager(maison):
    user = UserFactory()
    MembershipFactory(user=user, maison=maison, role=Membership.Role.MANAGER)
    return user


def member(maison, since=400, **kwargs):
    user = UserFactory()
    MembershipFactory(user=user, maison=maison, starts_at=timezone.now() - since * DAY, **kwargs)
    return user


def attended(user, outcome=Outcome.ATTENDED, module=None, days=40, **kwargs):
    session = SessionFactory(
        module=module or ModuleFactory(), starts_in=-days * DAY, state=SessionState.CLOSED
    )
    return RegistrationFactory(
        user=user,
        session=session,
        outcome=outcome,
        half_days_due=2,
        half_days_present=2 if outcome == Outcome.ATTENDED else 1,
        accommodations=SECRETS[0],
        expectations=SECRETS[1],
        **kwargs,
    )


def ask(user, **query):
    form = TeamFilters(query, maisons=team.maisons_of_team(user))
    return team.team(user, form)


def everything_said(client):
    """All that the manager's pages and files say, as one text."""
    texts = [client.get(PAGE).content.decode()]
    for code in FILES:
        answer = client.get(f"/exports/{code}/?format=csv")
        texts.append(b"".join(answer.streaming_content).decode())
        book = load_workbook(
            io.BytesIO(client.get(f"/exports/{code}/?format=xlsx").content), read_only=True
        )
        texts += [str(cell) for row in book.worksheets[0].values for cell in row]
    return "\n".join(texts)


def test_a_cell_shows_the_best_result_with_its_date(manager, maison):
    module, person = ModuleFactory(), member(maison)
    attended(person, Outcome.ABSENT, module, days=90)
    best = attended(person, Outcome.ATTENDED, module, days=60)
    attended(person, Outcome.PARTLY, module, days=30)
    [line] = [p for p in ask(manager).people if p.user == person]
    cell = next(cell for cell in line.cells if cell.module == module)
    assert (cell.kind, cell.row) == ("done", best)
    assert line.done == 1


def test_what_was_learnt_elsewhere_and_before_is_shown(manager, maison):
    person = member(maison, since=10)
    row = attended(person, maison=MaisonFactory(), days=300)
    assert row in team.learnt(manager, [person.pk])


def test_no_word_of_adjustments_or_expectations(manager, maison, client):
    person = member(maison)
    row = attended(person, maison=maison)
    client.force_login(manager)
    said = everything_said(client)
    said += client.get(f"{PAGE}{person.uuid}/").content.decode()
    said += client.get(row.get_absolute_url()).content.decode()
    assert person.last_name in said and row.session.module.title in said
    for secret in SECRETS:
        assert secret not in said


def test_a_membership_that_ended_yesterday_leaves_nothing(manager, maison, client):
    person = member(maison, ends_at=timezone.now() - DAY)
    rows = [attended(person, maison=maison), RegistrationFactory(user=person, maison=maison)]
    client.force_login(manager)
    said = everything_said(client)
    assert person.last_name not in said
    assert not any(row.get_absolute_url() in said for row in rows)
    assert client.get(f"{PAGE}{person.uuid}/").status_code == 404
    for row in rows:
        assert client.get(row.get_absolute_url()).status_code == 404


def test_a_membership_that_begins_tomorrow_shows_nothing_yet(manager, maison):
    person = member(maison, since=-1)
    assert person not in team.people(manager)


def test_nobody_of_another_maison(manager, client):
    other = member(MaisonFactory())
    attended(other)
    client.force_login(manager)
    assert other.last_name not in everything_said(client)
    assert client.get(f"{PAGE}{other.uuid}/").status_code == 404


def test_a_filter_does_not_widen_the_team(manager, client):
    elsewhere = MaisonFactory()
    other = member(elsewhere)
    client.force_login(manager)
    text = client.get(f"{PAGE}?maison={elsewhere.slug}").content.decode()
    answer = client.get(f"/exports/equipe-personnes/?format=csv&maison={elsewhere.slug}")
    assert other.last_name not in text
    assert other.last_name not in b"".join(answer.streaming_content).decode()


def test_the_manager_of_a_host_organisation_sees_all_its_maisons_at_once(client):
    host = HostOrganisationFactory()
    first, second = MaisonFactory.create_batch(2, host_organisation=host)
    manager = UserFactory(role="host-manager", scope=Scope("host-organisation", host.slug))
    one, two, other = member(first), member(second), member(MaisonFactory())
    assert {p.user for p in ask(manager).people} == {one, two}
    assert {p.user for p in ask(manager, maison=second.slug).people} == {two}
    assert other not in team.people(manager)


def test_an_agent_has_no_team(client, maison):
    client.force_login(member(maison))
    assert client.get(PAGE).status_code == 403
    for code in FILES:
        assert client.get(f"/exports/{code}/?format=csv").status_code == 404


def test_late_withdrawals_are_for_the_maison_chosen_at_registration(manager, maison):
    person = member(maison)
    kwargs = {"user": person, "state": RegistrationState.CANCELLED, "cancelled_late": True}
    ours = RegistrationFactory(maison=maison, **kwargs)
    RegistrationFactory(maison=MaisonFactory(), **kwargs)
    assert set(team.learnt(manager, [person.pk])) == {ours}


def test_what_awaits_approval_is_that_of_ones_maisons(manager, maison, client):
    person = member(maison)
    kwargs = {"user": person, "state": RegistrationState.REQUESTED}
    ours = RegistrationFactory(maison=maison, **kwargs)
    RegistrationFactory(maison=MaisonFactory(), **kwargs)
    assert list(team.to_approve(manager)) == [ours]
    client.force_login(manager)
    assert ours.get_absolute_url() in client.get("/espace-pro/").content.decode()


@pytest.mark.parametrize(
    ("since", "outcome", "is_new"),
    [
        (30, None, True),
        (30, Outcome.PARTLY, True),
        (30, Outcome.ATTENDED, False),
        (500, None, False),
    ],
)
def test_new_means_member_for_less_than_a_year_without_the_welcome_module(
    manager, maison, since, outcome, is_new
):
    person = member(maison, since=since)
    if outcome:
        attended(person, outcome, ModuleFactory(slug="decouvrir-le-reseau"))
    assert (person in not_yet_trained(team.people(manager))) is is_new
    assert (person in {p.user for p in ask(manager, etat="nouveaux").people}) is is_new


def test_an_earlier_membership_elsewhere_means_not_new(maison):
    person = member(maison, since=30)
    MembershipFactory(
        user=person, starts_at=timezone.now() - 900 * DAY, ends_at=timezone.now() - 500 * DAY
    )
    assert not not_yet_trained(type(person).objects.filter(pk=person.pk)).exists()


def test_who_lacks_a_module(manager, maison):
    module, done, lacking = ModuleFactory(), member(maison), member(maison)
    attended(done, module=module)
    attended(lacking, Outcome.PARTLY, module=module)
    shown = {p.user for p in ask(manager, sans=module.slug).people}
    assert lacking in shown and done not in shown


def test_the_file_holds_the_people_of_the_page(manager, maison, client):
    done, other = member(maison), member(maison)
    row = attended(done)
    client.force_login(manager)
    answer = client.get("/exports/equipe-personnes/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = {line[0]: line for line in csv.reader(io.StringIO(text), delimiter=";")}
    assert row.session.module.title in lines[str(done)][3]
    assert lines[str(other)][3] == ""


@pytest.mark.parametrize("many", [2, 60])
def test_the_queries_do_not_grow_with_the_team(manager, maison, client, settings, many):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    session = SessionFactory(starts_in=-40 * DAY, state=SessionState.CLOSED)
    people = UserFactory.create_batch(many)
    Membership.objects.bulk_create(
        Membership(user=user, maison=maison, role="agent") for user in people
    )
    Registration.objects.bulk_create(
        Registration(session=session, user=user, state="confirmed", outcome="attended")
        for user in people
    )
    client.force_login(manager)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert cost(PAGE) - cost("/page-vide/") <= 15


def test_of_many_maisons_one_types_the_name_instead_of_choosing(client):
    host = HostOrganisationFactory()
    maisons = [MaisonFactory(name=f"Maison {n:02d}", host_organisation=host) for n in range(61)]
    wanted = MaisonFactory(name="Maison d’Évry", host_organisation=host)
    there, elsewhere = member(wanted), member(maisons[0])
    user = UserFactory(role="host-manager", scope=Scope("host-organisation", host.slug))
    client.force_login(user)
    page = client.get(PAGE, {"q": "evry"}).content.decode()
    assert 'name="maison"' not in page and there.last_name in page
    assert elsewhere.last_name not in page
    kept = client.get(PAGE, {"maison": wanted.slug}).content.decode()
    assert f'name="maison" value="{wanted.slug}"' in kept and elsewhere.last_name not in kept


def test_of_many_maisons_who_is_expected_and_new_is_said_of_the_one_chosen(client):
    host = HostOrganisationFactory()
    maisons = [MaisonFactory(name=f"Maison {n:02d}", host_organisation=host) for n in range(61)]
    person = member(maisons[0])
    session = SessionFactory(starts_in=5 * DAY)
    RegistrationFactory(user=person, session=session, maison=maisons[0])
    user = UserFactory(role="host-manager", scope=Scope("host-organisation", host.slug))
    wide, one = ask(user), ask(user, maison=maisons[0].slug)
    assert (wide.coming, wide.new) == ([], None)
    assert [row.user_id for row in one.coming] == [person.pk] and one.new is not None
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert "Trop de personnes pour les nommer ici" in page
    assert 'href="?etat=nouveaux#equipe"' in page
