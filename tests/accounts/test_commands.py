"""The first administrator, a lost second factor and the demonstration, by command."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.demo import PASSWORD, PEOPLE, Loader
from accounts.factories import UserFactory
from accounts.models import User
from accounts.roles import has_role
from cms.models import OutboxMessage

from .conftest import give_totp

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_the_first_administrator_chooses_a_password_by_a_link_that_works_once(client, settings):
    said = run("create_administrator", "First@Example.org")
    user = User.objects.get(email="first@example.org")
    assert has_role(user, "administrator")
    assert not user.has_usable_password()
    path = re.search(re.escape(settings.SITE_ORIGIN) + r"(/compte/\S+)", said)[1]
    form = client.get(path, follow=True).request["PATH_INFO"]
    phrase = "une-phrase-a-retenir"
    client.post(form, {"password1": phrase, "password2": phrase})
    user.refresh_from_db()
    assert user.check_password(phrase)
    client.get(path, follow=True)
    again = client.post(path, {"password1": "une-autre-phrase", "password2": "une-autre-phrase"})
    assert again.status_code == 200
    user.refresh_from_db()
    assert user.check_password(phrase)


def test_somebody_who_has_a_password_keeps_it():
    user = UserFactory()
    said = run("create_administrator", user.email)
    assert "http" not in said
    assert has_role(user, "administrator")
    assert run("create_administrator", user.email)
    assert user.role_assignments.count() == 1


@pytest.mark.parametrize("email", ["not an address", ""])
def test_an_administrator_has_an_address(email):
    with pytest.raises(CommandError):
        run("create_administrator", email)


def test_no_administrator_among_the_deactivated():
    user = UserFactory(is_active=False)
    with pytest.raises(CommandError):
        run("create_administrator", user.email)


def test_a_lost_second_factor_is_taken_away_and_sessions_end(client, sign_in):
    user = UserFactory()
    sign_in(user)
    give_totp(user)
    run("reset_second_factor", user.email.upper())
    assert not user.authenticator_set.exists()
    assert OutboxMessage.objects.get().to == user.email
    response = client.get("/compte/profil/")
    assert response.status_code == 302, "signed out"
    with pytest.raises(CommandError):
        run("reset_second_factor", "nobody@example.org")


def test_the_demonstration_has_one_account_for_each_role():
    load_reference()
    Loader().load()
    Loader().load()
    roles = {person.role for person in PEOPLE}
    assert len(roles) == len(PEOPLE) == User.objects.count()
    for person in PEOPLE:
        user = User.objects.get(email=person.email)
        assert user.check_password(PASSWORD)
        assert user.email.endswith("@example.org")
        assert "(fictif)" in str(user)
        if person.scope is not None:
            assert has_role(user, person.role, person.scope)
    table = run("demo_accounts")
    assert PASSWORD in table
    assert all(person.email in table for person in PEOPLE)


def test_no_demonstration_account_where_they_are_off(settings):
    settings.DEMO_ACCOUNTS = False
    Loader().load()
    assert not User.objects.exists()
    with pytest.raises(CommandError):
        run("demo_accounts")


def test_production_has_no_demonstration_account():
    from pathlib import Path

    assert "DEMO_ACCOUNTS" not in Path("cms/settings/production.py").read_text()
    assert "DEMO_ACCOUNTS = False" in Path("cms/settings/base.py").read_text()


def load_reference() -> None:
    """What the demonstration's roles are given over."""
    from cms.models import Department, Region
    from maisons.factories import HostOrganisationFactory, OperatorFactory

    region = Region.objects.create(code="75", name="Nouvelle-Aquitaine")
    Department.objects.create(code="19", name="Corrèze", region=region)
    OperatorFactory(code="pole-emploi")
    HostOrganisationFactory(slug="la-poste")
