"""An account begins with an invitation, which opens once, for fourteen days."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import invitations
from accounts.factories import UserFactory
from accounts.models import Invitation, User
from accounts.roles import has_role
from cms.models import OutboxMessage

pytestmark = pytest.mark.django_db

ROLE = {"kind": "role", "role": "trainer", "scope_kind": "national", "scope_code": ""}
WHO = {
    "first_name": "Dominique",
    "last_name": "Exemple",
    "password": "une-phrase-bien-a-moi",
    "password_again": "une-phrase-bien-a-moi",
}


@pytest.fixture
def team():
    return UserFactory(role="national-team")


def link() -> str:
    """The path of the last invitation sent."""
    text = OutboxMessage.objects.order_by("-pk")[0].text
    return re.search(r"https?://[^/\s]+(/compte/invitation/\S+)", text)[1]


def test_accepting_opens_an_account_with_its_roles_and_signs_in(client, team):
    invitations.invite("New@Example.org", [ROLE], by=team, first_name="Dominique")
    page = client.get(link())
    assert page.context["form"]["first_name"].value() == "Dominique"
    assert page["Referrer-Policy"] == "same-origin"
    response = client.post(link(), WHO)
    user = User.objects.get(email="new@example.org")
    assert response.status_code == 302
    assert get_user(client) == user
    assert has_role(user, "trainer")
    assert user.check_password(WHO["password"])
    assert user.role_assignments.get().granted_by == team


def test_an_invitation_opens_once(client, team):
    invitations.invite("new@example.org", [], by=team)
    path = link()
    client.post(path, WHO)
    client.logout()
    assert client.get(path).status_code == 404
    assert client.post(path, {**WHO, "first_name": "Autre"}).status_code == 404
    assert User.objects.get(email="new@example.org").first_name == "Dominique"


def test_an_invitation_ends_after_fourteen_days(client, team, clock):
    invitations.invite("new@example.org", [], by=team)
    clock.shift(timedelta(days=13, hours=23))
    assert client.get(link()).status_code == 200
    clock.shift(timedelta(hours=2))
    assert client.get(link()).status_code == 404


def test_the_database_does_not_hold_what_opens_it(team):
    invitations.invite("new@example.org", [], by=team)
    token = link().rstrip("/").rsplit("/", 1)[-1]
    row = str(Invitation.objects.values().get())
    assert token not in row


def test_sending_again_ends_the_former_link(client, team):
    invitation = invitations.invite("new@example.org", [], by=team)
    former = link()
    invitations.resend(invitation, by=team)
    assert link() != former
    assert client.get(former).status_code == 404
    assert client.get(link()).status_code == 200
    assert OutboxMessage.objects.count() == 2


def test_an_invitation_taken_back_opens_nothing(client, team):
    invitation = invitations.invite("new@example.org", [], by=team)
    invitations.take_back(invitation, by=team)
    assert client.get(link()).status_code == 404
    with pytest.raises(invitations.InvitationClosed):
        invitations.resend(invitation, by=team)


def test_inviting_again_takes_the_former_back(team):
    first = invitations.invite("new@example.org", [ROLE], by=team)
    invitations.invite("NEW@example.org", [], by=team)
    first.refresh_from_db()
    assert first.state == "revoked"
    assert Invitation.objects.pending().count() == 1


def test_whoever_has_an_account_is_not_invited(team):
    UserFactory(email="here@example.org")
    with pytest.raises(ValidationError):
        invitations.invite("Here@example.org", [], by=team)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "grant",
    [
        {"kind": "no-such-kind"},
        {"kind": "role", "role": "agent"},
        {"kind": "role", "role": "editor", "scope_kind": "department", "scope_code": "01"},
    ],
)
def test_an_invitation_gives_only_what_exists(team, grant):
    with pytest.raises(ValidationError):
        invitations.invite("new@example.org", [grant], by=team)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"password_again": "another"},
        {"password": "short", "password_again": "short"},
        {"password": "123456789012", "password_again": "123456789012"},
        {"first_name": ""},
    ],
)
def test_a_wrong_answer_is_explained_and_opens_nothing(client, team, change):
    invitations.invite("new@example.org", [], by=team)
    response = client.post(link(), {**WHO, **change})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_mail_and_the_page_are_in_the_language_of_the_invitation(client, team):
    invitations.invite("new@example.org", [], by=team, language="en")
    text = OutboxMessage.objects.get().text
    assert "/en/compte/invitation/" in text
    path = re.search(r"https?://[^/\s]+(/en/compte/invitation/\S+)", text)[1]
    client.post(path, WHO)
    assert User.objects.get(email="new@example.org").language == "en"


def test_a_guessed_token_opens_nothing(client):
    for token in ("x", "'", "a" * 500):
        assert client.get(f"/compte/invitation/{token}/").status_code == 404


def test_the_national_team_invites_from_the_admin(client, team):
    client.force_login(team)
    data = {"email": "new@example.org", "language": "fr", "role": "trainer", "scope": ""}
    assert client.post(reverse("accounts_invite"), data).url == reverse("accounts_invitations")
    invitation = Invitation.objects.get()
    assert invitation.grants == [ROLE]
    page = client.get(reverse("accounts_invitations")).content.decode()
    assert "new@example.org" in page
    client.post(reverse("accounts_invitation_take_back", args=[invitation.uuid]))
    invitation.refresh_from_db()
    assert invitation.revoked_at


def test_accepting_needs_the_second_factor_where_the_role_does(client, team, require_mfa):
    invitations.invite("new@example.org", [{**ROLE, "role": "editor"}], by=team)
    client.post(link(), WHO)
    assert client.get("/admin/").url.startswith(reverse("second_factor_needed"))
