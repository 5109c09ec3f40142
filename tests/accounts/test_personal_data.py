"""One may take one's data, have them erased, and know for how long they are kept."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts import personal_data
from accounts.factories import PASSWORD, UserFactory
from accounts.models import Invitation, User
from accounts.roles import has_role
from accounts.services import grant
from cms import mail, registry
from cms.checks import personal_data_has_an_end
from cms.models import OutboxMessage

from .conftest import give_totp

pytestmark = pytest.mark.django_db


def test_every_model_says_for_how_long_it_keeps_what_it_holds_about_people():
    assert personal_data_has_an_end(None) == []


@isolate_apps("accounts")
def test_a_model_that_does_not_say_so_is_refused(monkeypatch, settings):
    from cms import checks

    class Guest(models.Model):
        email = models.EmailField()

        class Meta:
            app_label = "accounts"

    class Polite(Guest):
        phone = models.CharField(max_length=10)
        personal_data_retention = "One day."

        class Meta:
            app_label = "accounts"

    monkeypatch.setattr(checks.apps, "get_models", lambda: [Guest, Polite])
    errors = personal_data_has_an_end(None)
    assert [(e.id, e.obj) for e in errors] == [("cms.E001", Guest)]


def test_the_file_holds_what_every_app_knows(client, sign_in, monkeypatch):
    class Other:
        retention: dict[str, str] = {}

        def export(self, user):
            return {"email_seen": user.email}

        def erase(self, user):
            pass

    monkeypatch.setitem(registry.personal_data._providers, "other", Other())
    user = UserFactory(role="editor", first_name="Ève")
    sign_in(user)
    url = reverse("account_personal_data_file")
    asked = client.get(url)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    done = client.post(asked.url, {"password": PASSWORD}, follow=True)
    assert "attachment" in done["Content-Disposition"]
    data = json.loads(done.content)
    assert data["accounts"]["first_name"] == "Ève"
    assert data["accounts"]["roles"][0]["role"] == "editor"
    assert data["other"] == {"email_seen": user.email}
    assert set(data) == {key for key, _ in registry.personal_data.items()}


def test_nothing_secret_is_in_the_file():
    user = UserFactory()
    give_totp(user)
    text = json.dumps(personal_data.export(user), default=str)
    assert user.password not in text
    assert "secret" not in text


def test_erasing_leaves_a_row_without_a_name():
    user = UserFactory(role="editor", email="qui@example.org", last_name="Reconnaissable")
    other = UserFactory(role="editor", last_name="Autre")
    give_totp(user)
    mail.queue(user.email, "account", {"subject": "x", "text": "y"}, key="k")
    uuid = user.uuid
    personal_data.erase(user)
    user = User.objects.get(uuid=uuid)
    assert not user.is_active
    assert not user.has_usable_password()
    assert not has_role(user, "editor")
    assert not user.groups.exists()
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not OutboxMessage.objects.filter(to="qui@example.org").exists()
    row = json.dumps(list(User.objects.filter(pk=user.pk).values()), default=str)
    log = json.dumps(list(ModelLogEntry.objects.for_instance(user).values()), default=str)
    for word in ("qui@example.org", "Reconnaissable"):
        assert word not in row
        assert word not in log
    other.refresh_from_db()
    assert other.last_name == "Autre"
    assert has_role(other, "editor")


def test_one_erases_ones_account_by_typing_its_address(client, sign_in):
    user = UserFactory()
    sign_in(user)
    url = reverse("account_erase")
    page = client.post(client.get(url).url, {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    client.post(url, {"email": "another@example.org"})
    user.refresh_from_db()
    assert user.erased_at is None
    client.post(url, {"email": user.email.upper()})
    user.refresh_from_db()
    assert user.erased_at is not None
    assert client.get(reverse("account_profile")).status_code == 302


def test_the_last_administrator_stays():
    last = UserFactory(role="administrator")
    with pytest.raises(ValidationError):
        personal_data.erase(last)
    UserFactory(role="administrator")
    personal_data.erase(last)
    last.refresh_from_db()
    assert last.erased_at


def test_an_account_that_nobody_has_used_for_three_years_is_erased_unless_it_holds_a_role():
    long_ago = timezone.now() - timedelta(days=3 * 365 + 1)
    gone = UserFactory(last_login=long_ago)
    never = UserFactory(date_joined=long_ago)
    holder = UserFactory(last_login=long_ago)
    grant(holder, "trainer")
    recent = UserFactory(last_login=timezone.now(), date_joined=long_ago)
    call_command("purge_personal_data", verbosity=0)
    erased = set(User.objects.exclude(erased_at=None))
    assert erased == {gone, never}
    assert {holder, recent} <= set(User.objects.filter(erased_at=None))


def test_old_invitations_go():
    now = timezone.now()
    ages = {"old": 366, "new": 364}
    for name, days in ages.items():
        Invitation.objects.create(
            email=f"{name}@example.org",
            token_hash=name,
            expires_at=now - timedelta(days=days),
        )
    personal_data.purge()
    assert [i.email for i in Invitation.objects.all()] == ["new@example.org"]
