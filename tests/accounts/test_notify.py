"""`notify` tells each person once, as they chose to be told."""

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.urls import reverse

from accounts import notify
from accounts.models import Frequency, Notification, NotificationPreference, User
from cms import registry, tasks

pytestmark = pytest.mark.django_db

registry.notification_kinds.register(
    "test.news",
    notify.Kind(
        code="test.news",
        label="News",
        title=lambda c: f"{c['what']} est paru",
        text=lambda c: "À lire.",
        url=lambda c: "/bulletin/",
    ),
)
registry.notification_kinds.register(
    "test.rule",
    notify.Kind(code="test.rule", label="Rule", title=lambda c: "Règle", mandatory=True),
)


@pytest.fixture
def ada():
    return User.objects.create_user("ada@example.org")


@pytest.fixture
def bob():
    return User.objects.create_user("bob@example.org")


def tell(*users, key="k"):
    return notify.notify("test.news", users, {"what": "Le Bulletin"}, key)


def mailed():
    tasks.run_all()
    return [(message.to[0], message.subject) for message in django_mail.outbox]


def test_people_are_told_on_the_site_and_by_mail(ada, bob):
    assert tell(ada, bob) == 2
    assert Notification.objects.filter(user=ada, title="Le Bulletin est paru").exists()
    assert sorted(mailed()) == [
        ("ada@example.org", "Le Bulletin est paru"),
        ("bob@example.org", "Le Bulletin est paru"),
    ]


def test_the_same_thing_is_told_once(ada):
    tell(ada)
    assert tell(ada) == 0
    assert len(mailed()) == 1


def test_a_rolled_back_change_tells_nobody(ada):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(ada)
        raise RuntimeError
    assert mailed() == [] and not Notification.objects.exists()


def test_a_choice_is_respected(ada, bob):
    notify.choose(ada, "test.news", site=True, mail=Frequency.NEVER)
    notify.choose(bob, "test.news", site=False, mail=Frequency.NEVER)
    tell(ada, bob)
    assert mailed() == []
    assert [row.user for row in Notification.objects.all()] == [ada]


def test_a_mandatory_kind_cannot_be_switched_off_everywhere(ada):
    NotificationPreference.objects.create(user=ada, kind="test.rule", site=False, mail="never")
    notify.notify("test.rule", [ada], {}, "r")
    assert Notification.objects.get().on_site


def test_a_digest_gathers_what_waited_in_one_mail(ada):
    notify.choose(ada, "test.news", site=True, mail=Frequency.DAILY)
    tell(ada, key="one")
    tell(ada, key="two")
    assert mailed() == []
    notify.send_digests("daily")
    notify.send_digests("daily")
    assert len(mailed()) == 1
    assert django_mail.outbox[0].body.count("Le Bulletin est paru") == 2


def test_who_left_is_not_told(ada):
    ada.is_active = False
    ada.save()
    assert tell(ada) == 0


def test_telling_many_costs_a_constant_number_of_queries(django_assert_max_num_queries):
    people = User.objects.bulk_create(User(email=f"p{n}@example.org") for n in range(60))
    with django_assert_max_num_queries(8):
        tell(*people)


def test_one_reads_ones_own_and_nobody_elses(ada, bob, client):
    tell(ada)
    row = Notification.objects.get()
    url = reverse("accounts_notification", args=[row.uuid])
    client.force_login(bob)
    assert client.get(url).status_code == 404
    assert "Le Bulletin" not in client.get(reverse("accounts_notifications")).content.decode()
    client.force_login(ada)
    assert "Le Bulletin" in client.get(reverse("accounts_notifications")).content.decode()
    assert client.get(url).url == "/bulletin/"
    row.refresh_from_db()
    assert row.read_at


def test_choices_are_made_on_a_page(ada, client):
    client.force_login(ada)
    url = reverse("accounts_notification_choices")
    offered = {
        kind.code: [code for code, _label in notify.frequencies(kind)] for kind in notify.kinds()
    }
    data = {
        f"{code}-mail": "weekly" if "weekly" in given else given[0]
        for code, given in offered.items()
    }
    assert client.post(url, data).status_code == 302
    choice = NotificationPreference.objects.get(user=ada, kind="test.news")
    assert (choice.site, choice.mail) == (False, "weekly")
    data["test.news-mail"] = "each minute"
    assert client.post(url, data).status_code == 200


def test_a_kind_whose_app_writes_the_mail_is_never_mailed_twice(ada, monkeypatch):
    own = notify.Kind("own", "Own", lambda context: "Told", own_mail=True, mandatory=True)
    monkeypatch.setattr(notify, "find", lambda code: own)
    notify.choose(ada, "own", site=True, mail="weekly")
    notify.notify("own", [ada], {}, key="k")
    assert Notification.objects.get(user=ada).mail == "never"
    assert notify.who_wants_mail("own", [ada.pk]) == {ada.pk}


def test_a_mail_of_an_app_may_be_refused_when_it_is_not_owed(ada, monkeypatch):
    own = notify.Kind("own", "Own", lambda context: "Told", own_mail=True)
    monkeypatch.setattr(notify, "find", lambda code: own)
    assert [value for value, _label in notify.frequencies(own)] == ["immediate", "never"]
    notify.choose(ada, "own", site=False, mail="never")
    assert notify.who_wants_mail("own", [ada.pk]) == set()
    assert notify.notify("own", [ada], {}, key="k") == 0
