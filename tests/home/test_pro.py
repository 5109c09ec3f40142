"""The professional space: what awaits this person, the four doors, one main action."""

import pytest
from django.urls import reverse

from accounts.factories import PASSWORD, UserFactory
from accounts.models import Notification
from cms import registry
from cms.registry import Point
from home import pro
from maisons.factories import MaisonFactory, MembershipFactory

pytestmark = pytest.mark.django_db
SPACE = "/espace-pro/"


@pytest.fixture
def points(monkeypatch):
    """Empty points of the professional space, and what was registered in them before."""
    before = registry.pro_doors, registry.pro_panels
    for name in ("pro_doors", "pro_panels"):
        monkeypatch.setattr(registry, name, Point(f"test_{name}", ""))
    yield registry.pro_doors, registry.pro_panels
    for name in ("pro_doors", "pro_panels"):
        del registry.POINTS[f"test_{name}"]
    assert before


@pytest.fixture
def agent(client):
    user = UserFactory(first_name="Noa")
    MembershipFactory(user=user, maison=MaisonFactory(name="Maison d’Ayen"))
    client.force_login(user)
    return user


def tell(user, number=1, **fields):
    return Notification.objects.bulk_create(
        Notification(
            user=user, kind="x", key=f"k{n}", title=f"Nouvelle {n}", mail="never", **fields
        )
        for n in range(number)
    )


def entry(**fields):
    return {"door": "learn", "label": "Parcours", "text": "", "url": "/x/", "order": 1, **fields}


def html(client, url=SPACE):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_after_signing_in_a_person_lands_in_their_space(client):
    user = UserFactory()
    data = {"login": user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), data).url == SPACE


def test_or_where_they_were_going(client):
    user = UserFactory()
    going = client.get(SPACE + "gerer-mon-activite/").url
    assert client.post(going, {"login": user.email, "password": PASSWORD}).url.endswith(
        "/gerer-mon-activite/"
    )


def test_the_door_of_the_site_leads_there(client):
    assert f'href="{SPACE}"' in client.get("/").content.decode()


def test_the_menu_of_who_is_signed_in_leads_there_and_repeats_nothing(client, agent):
    page = html(client, reverse("account_profile"))
    menu = page[page.index('class="user-menu__list"') :].split("</ul>")[0]
    links = [part.split('"')[0] for part in menu.split('href="')[1:]]
    assert links[0] == SPACE
    assert len(links) == len(set(links))


def test_it_says_who_one_is(client, agent):
    page = html(client)
    assert "Bonjour Noa" in page
    assert "Maison d’Ayen" in page


def test_what_waits_is_the_main_action(client, agent):
    tell(agent, 6)
    page = html(client)
    assert page.count('class="resume"') == 1
    assert "6 choses à lire" in page
    assert page.count("Nouvelle ") >= 4


def test_what_was_read_waits_no_longer(client, agent):
    (row,) = tell(agent)
    client.get(reverse("accounts_notification", args=[row.uuid]))
    assert "Nouvelle 0" not in html(client)


def test_nobody_sees_what_waits_for_somebody_else(client, agent):
    tell(UserFactory())
    assert "Nouvelle 0" not in html(client)


def test_it_leads_to_profile_choices_export_and_erasure(client, agent):
    page = html(client)
    for name in ("account_profile", "accounts_notification_choices", "account_personal_data"):
        assert f'href="{reverse(name)}"' in page


def test_a_door_appears_with_its_first_feature(client, agent, points):
    doors, _panels = points
    assert "Se former" not in html(client)
    assert client.get(SPACE + "se-former/").status_code == 404
    doors.register("learning", lambda request: [entry()])
    assert "Se former" in html(client)
    assert "Parcours" in html(client, SPACE + "se-former/")


def test_doors_keep_the_order_of_the_network_and_entries_theirs(rf, points):
    doors, _panels = points
    doors.register(
        "late",
        lambda request: [
            entry(order=2),
            entry(door="exchange"),
            entry(order=1, label="Avant"),
        ],
    )
    request = rf.get(SPACE)
    request.user = UserFactory()
    found = pro.doors(request)
    assert [door.kind.code for door in found] == ["exchange", "learn"]
    assert [one["label"] for one in found[1].entries] == ["Avant", "Parcours"]


def test_a_door_that_the_network_does_not_have_is_a_mistake(rf, points):
    doors, _panels = points
    doors.register("wrong", lambda request: [entry(door="play")])
    request = rf.get(SPACE)
    request.user = UserFactory()
    with pytest.raises(pro.UnknownDoor):
        pro.doors(request)


def test_the_first_panel_that_has_an_action_gives_the_only_one(client, agent, points):
    _doors, panels = points
    account = "pro/panels/account.html"

    def panel(order, action=None):
        given = {"title": f"Volet {order}", "template": account, "context": {}, "order": order}
        return lambda request: given | ({"action": action} if action else {})

    panels.register("b", panel(20, {"title": "Ensuite", "label": "Aller", "url": "/b/"}))
    panels.register("a", panel(10, {"title": "D’abord", "label": "Aller", "url": "/a/"}))
    panels.register("c", panel(5))
    panels.register("none", lambda request: None)
    page = html(client)
    assert "D’abord" in page
    assert "Ensuite" not in page
    assert page.index("Volet 5") < page.index("Volet 10") < page.index("Volet 20")


@pytest.mark.parametrize("number", [10, 1000])
def test_it_costs_at_most_thirty_queries_whatever_waits(
    client, agent, number, django_assert_max_num_queries
):
    tell(agent, number)
    html(client)
    with django_assert_max_num_queries(30):
        html(client)


def test_it_is_never_kept_by_a_cache(client, agent):
    assert "no-store" in client.get(SPACE)["Cache-Control"]


@pytest.mark.browser
def test_it_is_accessible_and_works_by_keyboard(page, live_server):
    from tests.support.browser import assert_axe_clean, sign_in

    sign_in(page, live_server, "agent@example.org").goto(SPACE)
    assert_axe_clean(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.focus(".pro-nav a[href='/espace-pro/s-informer/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s-informer/")
    assert_axe_clean(page, schemes=("light",))
