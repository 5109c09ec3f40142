"""Addresses of sign-in and of one's own account. The views are allauth's where not said otherwise.

allauth finds them by name, so the paths are ours: in French, and without sequential keys.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path, register_converter
from django.views.generic import RedirectView

from . import openid, views
from .converters import SealedNumber

register_converter(SealedNumber, "sealed")

# Outside the language prefixes: what other parties know by heart, and Wagtail's own doors.
doors = [
    path("admin/login/", views.admin_door, name="admin_login_door"),
    path("admin/logout/", account.logout, name="admin_logout_door"),
    re_path(
        r"^admin/password_reset/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="admin_password_door",
    ),
    path("compte/proconnect/", openid.login, openid.KWARGS, name="openid_connect_login"),
    path(
        "compte/proconnect/retour/",
        openid.callback,
        openid.KWARGS,
        name="openid_connect_callback",
    ),
]

entrance = [
    path("connexion/", account.login, name="account_login"),
    path("connexion/cle-d-acces/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path(
        "connexion/verifier-l-adresse/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("connexion/annulee/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("connexion/echec/", social.login_error, name="socialaccount_login_error"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inactif/", account.account_inactive, name="account_inactive"),
    path("inscription/", account.signup, name="account_signup"),
    path("inscription/fermee/", social.signup, name="socialaccount_signup"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmer/second-facteur/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

password = [
    path("changer/", account.password_change, name="account_change_password"),
    path("choisir/", account.password_set, name="account_set_password"),
    path("oublie/", account.password_reset, name="account_reset_password"),
    path("oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "nouveau/fait/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

security = [
    path("", mfa.index, name="mfa_index"),
    path("necessaire/", views.second_factor_needed, name="second_factor_needed"),
    path("application/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/nouveaux/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/fichier/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("cles/<sealed:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("cles/<sealed:pk>/nommer/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

own = [
    path("profil/", views.ProfileView.as_view(), name="account_profile"),
    path("adresse/", account.email, name="account_email"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("fournisseurs/", social.connections, name="socialaccount_connections"),
    path("mes-donnees/", views.personal_data, name="account_personal_data"),
    path("mes-donnees/fichier/", views.personal_data_file, name="account_personal_data_file"),
    path("supprimer/", views.EraseView.as_view(), name="account_erase"),
    path("invitation/<str:token>/", views.AcceptView.as_view(), name="account_invitation"),
]

urlpatterns = [
    path("_util/login/", views.page_door, name="page_login_door"),
    path("compte/", include([*entrance, *own])),
    path("compte/mot-de-passe/", include(password)),
    path("compte/securite/", include(security)),
]
