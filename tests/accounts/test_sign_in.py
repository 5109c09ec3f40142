"""There is one door, and it asks for the second factor of those who must have one."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from accounts.factories import PASSWORD, UserFactory
from cms.models import OutboxMessage

from .conftest import give_totp, totp_code

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"


def signed_in(client) -> bool:
    return get_user(client).is_authenticated


def test_one_signs_in_by_e_mail_whatever_its_case(client, sign_in):
    user = UserFactory(email="Agent@Example.org")
    response = client.post(
        reverse("account_login"), {"login": "AGENT@example.org", "password": PASSWORD}
    )
    assert response.status_code == 302
    assert get_user(client) == user


def test_the_answer_does_not_tell_whether_an_account_exists(client):
    UserFactory(email="known@example.org")
    pages = []
    for email in ("known@example.org", "unknown@example.org"):
        page = client.post(reverse("account_login"), {"login": email, "password": "wrong"})
        pages.append([str(e) for e in page.context["form"].non_field_errors()])
    assert pages[0] == pages[1]
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("known@example.org", "unknown@example.org")
    ]
    assert answers[0].url == answers[1].url
    assert [m.to for m in OutboxMessage.objects.all()] == ["known@example.org"]


def test_guessing_is_slowed_down(client):
    user = UserFactory()
    for _ in range(12):
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert not signed_in(client)


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))
    assert "signup_closed" in page.templates[0].name
    client.post(
        reverse("account_signup"),
        {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not EmailAddress.objects.filter(email="new@example.org").exists()
    assert not signed_in(client)


def test_a_deactivated_person_stays_outside(client, sign_in):
    sign_in(UserFactory(is_active=False))
    assert not signed_in(client)


def test_a_new_password_is_asked_by_a_link_on_the_site_itself(client, settings):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email}, HTTP_HOST="evil.example")
    mail = OutboxMessage.objects.get()
    assert mail.to == user.email
    assert f"{settings.SITE_ORIGIN}/compte/mot-de-passe/nouveau/" in mail.text
    assert "evil.example" not in mail.text
    path = mail.text[mail.text.index("/compte/mot-de-passe/nouveau/") :].split()[0]
    page = client.get(path, follow=True)
    done = client.post(
        page.request["PATH_INFO"],
        {"password1": "une-autre-phrase", "password2": "une-autre-phrase"},
    )
    assert done.url == reverse("account_reset_password_from_key_done")
    user.refresh_from_db()
    assert user.check_password("une-autre-phrase")


# -- Second factor -----------------------------------------------------------------
def test_a_second_factor_is_asked_of_whoever_has_one(client, sign_in):
    user = UserFactory()
    give_totp(user)
    response = sign_in(user)
    assert response.url == reverse("mfa_authenticate")
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert signed_in(client)


def test_an_agent_needs_no_second_factor(client, sign_in, require_mfa):
    sign_in(UserFactory(role="trainer"))
    assert client.get(reverse("account_profile")).status_code == 200


@pytest.mark.parametrize("role", ["editor", "chief-editor", "national-team", "administrator"])
def test_sensitive_roles_see_no_page_before_they_set_up_a_second_factor(
    client, sign_in, require_mfa, role
):
    sign_in(UserFactory(role=role))
    needed = reverse("second_factor_needed")
    for url in (ADMIN, "/", reverse("account_profile"), reverse("account_email"), "/admin/pages/"):
        response = client.get(url)
        assert response.status_code == 302, url
        assert urlsplit(response.url).path == needed
        assert parse_qs(urlsplit(response.url).query)["next"] == [url]
    assert client.get(needed).status_code == 200
    assert client.post(ADMIN).status_code == 302
    assert client.get(ADMIN, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_application_opens_the_site(client, sign_in, require_mfa):
    user = UserFactory(role="editor")
    sign_in(user)
    activate = reverse("mfa_activate_totp")
    response = client.get(activate, follow=True)
    confirm = response.request["PATH_INFO"]
    assert confirm == reverse("account_reauthenticate")
    client.post(f"{confirm}?next={activate}", {"password": PASSWORD})
    secret = client.get(activate).context["form"].secret
    client.post(activate, {"code": totp_code(secret)})
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert client.get(ADMIN).status_code == 200


def test_the_password_alone_opens_nothing_to_whoever_has_a_second_factor(
    client, sign_in, require_mfa
):
    user = UserFactory(role="editor")
    give_totp(user)
    # A session that is older than the second factor, or that came by another provider.
    client.force_login(user)
    response = client.get(ADMIN)
    assert urlsplit(response.url).path == reverse("mfa_reauthenticate")
    # Nor may it add a factor of its own.
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "second_factor_needed"):
        assert urlsplit(client.get(reverse(name)).url).path == reverse("mfa_reauthenticate")
    client.post(reverse("mfa_reauthenticate"), {"code": totp_code()})
    assert client.get(ADMIN).status_code == 200


def test_a_recovery_code_opens_once(client, sign_in, require_mfa):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = UserFactory(role="editor")
    give_totp(user)
    codes = RecoveryCodes.activate(user)
    code = codes.get_unused_codes()[0]
    sign_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(ADMIN).status_code == 200
    client.post(reverse("account_logout"))
    sign_in(user)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not signed_in(client)


def test_who_must_have_a_second_factor_keeps_the_last_one(client, sign_in, require_mfa):
    user = UserFactory(role="editor")
    authenticator = give_totp(user)
    sign_in(user)
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    client.post(reverse("account_reauthenticate") + "?next=/", {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(pk=authenticator.pk).exists()


def test_the_second_factor_is_not_asked_where_it_is_off(client, sign_in, settings):
    settings.REQUIRE_MFA = False
    sign_in(UserFactory(role="editor"))
    assert client.get(ADMIN).status_code == 200


def test_production_requires_the_second_factor():
    from pathlib import Path

    text = Path("cms/settings/production.py").read_text()
    assert 'REQUIRE_MFA = env.bool("REQUIRE_MFA", default=True)' in text


# -- One door ----------------------------------------------------------------------
def urls_without_arguments(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from urls_without_arguments(pattern, route)
        elif isinstance(pattern, URLPattern) and "<" not in route and "(" not in route:
            yield "/" + route.replace("^", "").replace("\\Z", "").replace("$", "")


def test_credentials_posted_to_any_address_never_pass_without_the_second_factor(
    client, require_mfa
):
    user = UserFactory(role="administrator", is_superuser=True)
    give_totp(user)
    credentials = {
        "login": user.email,
        "username": user.email,
        "email": user.email,
        "password": PASSWORD,
        "oldpassword": PASSWORD,
    }
    urls = {
        *urls_without_arguments(),
        "/_util/login/",
        "/admin/password_reset/",
        "/en/_util/login/",
    }
    assert {"/admin/login/", "/compte/connexion/", "/_util/login/"} <= urls
    for url in sorted(urls):
        client.logout()
        try:
            client.post(url, {**credentials, "next": ADMIN})
        except Exception as error:
            # A view that breaks on such a body is not a way in; the session tells.
            assert not isinstance(error, AssertionError)
        assert not signed_in(client), url
        response = client.get(ADMIN)
        assert response.status_code == 302, url


def test_wagtails_own_sign_in_pages_lead_to_ours(client):
    login = reverse("account_login")
    assert client.get("/admin/login/?next=/admin/pages/").url == f"{login}?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/login/?next=https://evil.example/").url == login
    assert client.post("/_util/login/").url == login
    for url in ("/admin/password_reset/", "/admin/password_reset/confirm/x/y/"):
        assert client.get(url).url == reverse("account_reset_password")
    asked = client.get(ADMIN, follow=True)
    assert asked.redirect_chain[-1][0].startswith(login)


def test_whoever_may_not_enter_the_admin_is_told_so_and_not_sent_round(client):
    client.force_login(UserFactory())
    response = client.get(ADMIN, follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_signing_out_of_the_admin_signs_out(client):
    client.force_login(UserFactory(role="editor"))
    client.post("/admin/logout/")
    assert not signed_in(client)


def test_wagtails_forms_for_passwords_addresses_and_users_are_off(client):
    client.force_login(UserFactory(role="administrator"))
    page = client.get("/admin/account/").content.decode()
    assert "old_password" not in page
    assert 'name="name_email-email"' not in page


def test_addresses_of_keys_show_no_number():
    assert "/7/" not in reverse("mfa_remove_webauthn", kwargs={"pk": 7})
    sealed = reverse("mfa_remove_webauthn", kwargs={"pk": 7})
    assert get_resolver().resolve(sealed).kwargs == {"pk": 7}


def test_the_pages_of_sign_in_are_in_english_too(client):
    response = client.get("/en/compte/connexion/")
    assert response.status_code == 200
    assert response.wsgi_request.LANGUAGE_CODE == "en"
