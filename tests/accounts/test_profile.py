"""One's own account: profile, sessions, and nobody else's."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

PROFILE = {"first_name": "Ève", "last_name": "Exemple", "job_title": "", "time_zone": ""}


def test_the_profile_shows_roles_and_saves_name_language_and_clock(client):
    user = UserFactory(role="trainer")
    client.force_login(user)
    page = client.get(reverse("account_profile")).content.decode()
    assert str(user.email) in page
    data = {**PROFILE, "language": "en", "time_zone": "Indian/Reunion"}
    assert client.post(reverse("account_profile"), data).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.language, user.time_zone) == ("Ève", "en", "Indian/Reunion")


@pytest.mark.parametrize(
    "change", [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"first_name": ""}]
)
def test_a_wrong_value_is_explained(client, change):
    client.force_login(UserFactory(first_name="Avant"))
    response = client.post(reverse("account_profile"), {**PROFILE, "language": "fr", **change})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_profile_does_not_change_rights_or_the_address(client):
    user = UserFactory()
    client.force_login(user)
    data = {
        **PROFILE,
        "language": "fr",
        "email": "other@example.org",
        "is_superuser": "on",
        "is_staff": "on",
        "groups": "1",
    }
    client.post(reverse("account_profile"), data)
    email = user.email
    user.refresh_from_db()
    assert user.email == email
    assert not user.is_superuser
    assert not user.is_staff


def test_one_ends_ones_other_sessions(client, sign_in):
    user = UserFactory()
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    sign_in(user)
    assert UserSession.objects.filter(user=user).count() == 2
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("account_profile")).status_code == 200
    assert elsewhere.get(reverse("account_profile")).status_code == 302


def test_a_new_address_counts_once_its_code_was_typed(client, sign_in):
    import re

    from cms.models import OutboxMessage

    user = UserFactory(email="old@example.org")
    sign_in(user)
    url = reverse("account_email")
    client.post(reverse("account_reauthenticate") + f"?next={url}", {"password": PASSWORD})
    client.post(url, {"action_add": "", "email": "new@example.org"})
    user.refresh_from_db()
    assert user.email == "old@example.org"
    mail = OutboxMessage.objects.get(to="new@example.org")
    code = re.search(r"\b[B-Z]{4}-[B-Z]{4}\b", mail.text)[0]
    client.post(reverse("account_email_verification_sent"), {"code": code})
    user.refresh_from_db()
    assert user.email == "new@example.org"


@pytest.mark.parametrize(
    "name", ["account_profile", "account_personal_data", "usersessions_list", "mfa_index"]
)
def test_the_pages_of_ones_account_stay_in_budget(
    client, sign_in, name, django_assert_max_num_queries
):
    sign_in(UserFactory(role="editor"))
    client.get(reverse(name))
    with django_assert_max_num_queries(30):
        assert client.get(reverse(name)).status_code == 200


def test_the_sign_in_page_stays_in_budget(client, django_assert_max_num_queries):
    client.get(reverse("account_login"))
    with django_assert_max_num_queries(20):
        client.get(reverse("account_login"))


def test_the_menu_leads_to_the_admin_those_whom_it_lets_in(client):
    client.force_login(UserFactory(role="editor"))
    assert 'href="/admin/"' in client.get(reverse("account_profile")).content.decode()
    client.force_login(UserFactory())
    assert 'href="/admin/"' not in client.get(reverse("account_profile")).content.decode()
