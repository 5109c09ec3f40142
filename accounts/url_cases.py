"""What the addresses of sign-in and of one's own account answer to each role."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cms import registry
from cms.matrix import ANONYMOUS, ANSWERS, ELSEWHERE, OTHERS, SIGN_IN, Case, Expected, only, public
from cms.matrix import signed_in as members
from cms.url_cases import IN_ADMIN

# A second factor is not set up in the matrix, so that its pages lead elsewhere.
BEFORE_SIGN_IN: Expected = {ANONYMOUS: 200, OTHERS: ELSEWHERE}
WHILE_SIGNING_IN: Expected = {ANONYMOUS: SIGN_IN, OTHERS: ANSWERS}

EXPECTED: dict[str, Expected] = {
    "account_login": BEFORE_SIGN_IN,
    "mfa_login_webauthn": public(ANSWERS),
    "mfa_authenticate": WHILE_SIGNING_IN,
    "account_confirm_login_code": WHILE_SIGNING_IN,
    "account_email_verification_sent": WHILE_SIGNING_IN,
    "socialaccount_login_cancelled": public(),
    "socialaccount_login_error": public(401),
    "account_logout": {ANONYMOUS: ELSEWHERE, OTHERS: 200},
    "account_inactive": public(),
    "account_signup": BEFORE_SIGN_IN,
    "socialaccount_signup": public(SIGN_IN),
    "account_reauthenticate": members(),
    "mfa_reauthenticate": members(ELSEWHERE),
    "mfa_reauthenticate_webauthn": members(ANSWERS),
    "account_profile": members(),
    "account_email": members(ANSWERS),
    "usersessions_list": members(),
    "socialaccount_connections": members(ANSWERS),
    "account_personal_data": members(),
    # The password is asked for again.
    "account_personal_data_file": members(ELSEWHERE),
    "account_erase": members(ELSEWHERE),
    "account_change_password": members(),
    "account_set_password": members(ELSEWHERE),
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key_done": public(),
    "mfa_index": members(),
    "second_factor_needed": members(ELSEWHERE),
    "mfa_activate_totp": members(ELSEWHERE),
    "mfa_deactivate_totp": members(404),
    "mfa_view_recovery_codes": members(ANSWERS),
    "mfa_generate_recovery_codes": members(ANSWERS),
    "mfa_download_recovery_codes": members(ANSWERS),
    "mfa_list_webauthn": members(),
    "mfa_add_webauthn": members(ELSEWHERE),
    "accounts_notifications": members(),
    "accounts_notifications_read": members(405),
    "accounts_notification_choices": members(),
}


@registry.url_cases.provide("accounts")
def cases() -> Iterator[Case]:
    for name, expected in EXPECTED.items():
        yield Case(reverse(name), expected)
    key = {"pk": 99999}
    yield Case(reverse("mfa_remove_webauthn", kwargs=key), members(ANSWERS))
    yield Case(reverse("mfa_edit_webauthn", kwargs=key), members(ANSWERS))
    yield Case(reverse("account_invitation", args=["no-such-token"]), public(404))
    yield Case("/compte/mot-de-passe/nouveau/1-set-password/", public())
    uuid = "00000000-0000-4000-8000-000000000000"
    yield Case(reverse("accounts_notification", args=[uuid]), members(404))
    yield from people_screens()
    # No identity provider is configured.
    yield Case("/compte/proconnect/", public(404))
    yield Case("/compte/proconnect/retour/", public(404))


def people_screens() -> Iterator[Case]:
    """For the national team and administrators; the others are sent back to the admin's home."""
    from .factories import UserFactory

    team = ("national-team", "administrator")
    who: Any = UserFactory()
    yield Case("/admin/users/", only(*team))
    yield Case("/admin/users/new/", only(*IN_ADMIN, answer=ELSEWHERE))
    yield Case("/admin/personnes/inviter/", only(*team))
    yield Case("/admin/personnes/invitations/", only(*team))
    yield Case(f"/admin/personnes/{who.uuid}/", only(*team))
    yield Case(f"/admin/personnes/{who.uuid}/effacer/", only("administrator"))
    yield Case(f"/admin/personnes/{who.uuid}/mot-de-passe/", only(*team, answer=302), "post")
    yield Case(
        f"/admin/personnes/{who.uuid}/second-facteur/", only("administrator", answer=302), "post"
    )
