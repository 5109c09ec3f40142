"""Whoever asked is told when a session opens near them, once."""

import datetime as dt
import math

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import personal_data
from accounts.factories import UserFactory
from accounts.models import Notification, User
from cms import tasks
from learning.alerts import services
from learning.alerts.geometry import box_around
from learning.alerts.services import MOST, TooMany, concerned, follow, tell
from learning.factories import ModuleFactory, SessionFactory
from learning.models import SessionAlert
from learning.places import EARTH_KM, kilometres
from learning.services.sessions import open_session
from maisons.factories import CommuneFactory, MembershipFactory

pytestmark = pytest.mark.django_db
# Limoges, and a place 20 km to its north, another 90 km away.
LIMOGES, NEAR, FAR = (45.83, 1.26), (46.01, 1.26), (46.64, 1.26)


def commune(name, point):
    return CommuneFactory(name=name, latitude=point[0], longitude=point[1])


def asks(distance=60, point=LIMOGES, **kwargs):
    person = UserFactory()
    follow(person, commune("Limoges", point), distance, **kwargs)
    return person


def opens(point=NEAR, **kwargs):
    kwargs.setdefault("trainer", UserFactory())
    place = commune("Bessines", point) if point else None
    session = SessionFactory(state="draft", commune=place, **kwargs)
    open_session(session, by=None)
    return session


def told(person):
    return list(Notification.objects.filter(user=person).values_list("title", flat=True))


def test_a_session_within_the_distance_is_told_and_another_not():
    near, too_far = asks(60), asks(10)
    session = opens()
    [title] = told(near)
    assert session.module.title in title and told(too_far) == []


def test_the_module_asked_for_or_any():
    module = ModuleFactory()
    this, other, whichever = asks(module=module), asks(module=ModuleFactory()), asks()
    opens(module=module)
    assert [len(told(who)) for who in (this, other, whichever)] == [1, 0, 1]


def test_several_wishes_of_one_person_are_one_notice():
    person = asks()
    follow(person, commune("Ambazac", NEAR), 30)
    opens()
    assert len(told(person)) == 1


def test_opening_is_told_once_for_each_session():
    person = asks()
    session = opens()
    tell(session)
    opens()
    assert len(told(person)) == 2


def test_a_remote_session_concerns_whoever_wants_those_wherever_they_are():
    wants, no = asks(with_remote=True), asks(with_remote=False)
    opens(point=None, mode="remote", meeting_url="https://visio.example.org/x")
    assert len(told(wants)) == 1 and told(no) == []


def test_a_hybrid_session_is_near_or_remote():
    far_remote, far, near = (
        asks(10, with_remote=True),
        asks(10, with_remote=False),
        asks(60, with_remote=False),
    )
    opens(mode="hybrid", meeting_url="https://visio.example.org/x")
    assert [len(told(who)) for who in (far_remote, far, near)] == [1, 0, 1]


def test_its_trainer_is_not_told():
    person = asks()
    opens(trainer=person)
    assert told(person) == []


def test_an_alert_ends_after_a_year(clock):
    person = asks()
    clock.shift(366 * 86400)
    opens()
    assert told(person) == []
    from learning.alerts.personal import PersonalData

    assert PersonalData().purge() == 1 and not SessionAlert.objects.exists()


def test_the_same_wish_again_is_one_wish_with_its_new_distance():
    person, place = UserFactory(), commune("Limoges", LIMOGES)
    follow(person, place, 30)
    follow(person, place, 100)
    assert SessionAlert.objects.get().distance == 100


def test_nobody_follows_more_than_so_many():
    person = UserFactory()
    for number in range(MOST):
        follow(person, commune(f"Lieu {number}", LIMOGES), 30)
    with pytest.raises(TooMany):
        follow(person, commune("Un de trop", LIMOGES), 30)


@given(
    latitude=st.floats(-50, 65),
    longitude=st.floats(-170, 170),
    km=st.integers(1, 200),
    bearing=st.floats(0, 2 * math.pi),
)
def test_the_box_holds_every_point_of_the_circle(latitude, longitude, km, bearing):
    box = box_around(latitude, longitude, km)
    angle, lat = km * 0.999 / EARTH_KM, math.radians(latitude)
    other = math.asin(
        math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    )
    shift = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat),
        math.cos(angle) - math.sin(lat) * math.sin(other),
    )
    assert box.south <= math.degrees(other) <= box.north
    assert box.west <= longitude + math.degrees(shift) <= box.east


def test_the_distance_is_reckoned_not_only_the_box():
    corner = (LIMOGES[0] + 0.5, LIMOGES[1] + 0.72)
    person = asks(60)
    assert 60 < kilometres(commune("a", LIMOGES), commune("b", corner)) < 85
    box = box_around(*LIMOGES, 60)
    assert box.south < corner[0] < box.north and box.west < corner[1] < box.east
    opens(point=corner)
    assert told(person) == []


def test_ten_thousand_alerts_take_no_more_questions_than_ten(django_assert_max_num_queries):
    place, elsewhere = commune("Limoges", LIMOGES), commune("Ailleurs", (48.8, 7.7))
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.org", password="x") for number in range(2000)
    )
    near, far = box_around(*LIMOGES, 60), box_around(48.8, 7.7, 60)
    SessionAlert.objects.bulk_create(
        SessionAlert(
            user=person,
            commune=place if number % 20 == 0 else elsewhere,
            distance=60,
            **vars(near if number % 20 == 0 else far),
        )
        for number in range(10_000)
        for person in [people[number % 2000]]
    )
    session = SessionFactory(state="draft", commune=commune("Bessines", NEAR))
    with django_assert_max_num_queries(2):
        ids = concerned(session)
    assert len(ids) == 100
    started = dt.datetime.now()
    with django_assert_max_num_queries(12):
        assert tell(session) == 100
    assert dt.datetime.now() - started < dt.timedelta(seconds=1)


def test_beyond_what_an_opening_can_wait_for_the_worker_tells_each_once(monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    people = [asks() for _ in range(5)]
    session = opens()
    assert not Notification.objects.exists()
    tasks.run_all()
    services.tell_by_worker.call(session.pk)
    assert [len(told(person)) for person in people] == [1] * 5


# -- The page -------------------------------------------------------------------------------------


@pytest.fixture
def agent(client):
    place = commune("Limoges", LIMOGES)
    membership = MembershipFactory(user=UserFactory(), maison__commune=place)
    client.force_login(membership.user)
    return membership.user


PAGE = "/espace-pro/formations/alertes/"


def ask(client, **data):
    return client.post(PAGE, {"place": "Limoges", "distance": "60", "with_remote": "on", **data})


def test_the_form_begins_at_the_commune_of_ones_maison(client, agent):
    assert 'value="Limoges"' in client.get(PAGE).content.decode()


def test_one_asks_sees_and_takes_away(client, agent):
    module = ModuleFactory()
    assert ask(client, module=module.slug).status_code == 302
    alert = SessionAlert.objects.get(user=agent)
    assert (alert.module_id, alert.distance, alert.commune.name) == (module.pk, 60, "Limoges")
    assert module.title in client.get(PAGE).content.decode()
    client.post(reverse("learning:take-alert-away", args=[alert.uuid]))
    assert not SessionAlert.objects.exists()


def test_nobody_takes_away_somebody_elses(client, agent):
    asks()
    alert = SessionAlert.objects.get()
    assert client.post(reverse("learning:take-alert-away", args=[alert.uuid])).status_code == 404
    assert SessionAlert.objects.exists()


@pytest.mark.parametrize(
    "data", [{"place": "Nulle part"}, {"place": ""}, {"distance": "7"}, {"module": "zz"}]
)
def test_what_cannot_be_read_is_said_on_the_page(client, agent, data):
    response = ask(client, **data)
    assert response.status_code == 200 and response.context["form"].errors
    assert not SessionAlert.objects.exists()


def test_a_link_fills_the_form(client, agent):
    module, place = ModuleFactory(), commune("Guéret", FAR)
    response = client.get(PAGE, {"module": module.slug, "commune": place.code, "rayon": "100"})
    initial = response.context["form"].initial
    assert (initial["module"], initial["place"], initial["distance"]) == (
        module.slug,
        "Guéret",
        "100",
    )


def test_whoever_is_not_signed_in_is_led_back_to_the_filled_form(client):
    response = client.get("/sessions/")
    assert PAGE in response.content.decode()
    response = client.get(f"{PAGE}?module=zz")
    assert response.status_code == 302 and "module%3Dzz" in response["Location"]


def test_the_notice_leads_to_the_session_and_says_how_to_stop():
    person = asks()
    session = opens()
    notice = Notification.objects.get(user=person)
    assert notice.url == session.get_absolute_url() and PAGE in notice.text


def test_alerts_are_exported_and_leave_with_the_account():
    person = asks()
    assert "within_km" in str(personal_data.export(person))
    personal_data.erase(person)
    assert not SessionAlert.objects.exists()


def test_a_closed_account_is_told_nothing():
    person = asks()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert concerned(opens()) == set()
