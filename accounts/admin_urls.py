"""Addresses of the people screens, under the admin's prefix."""

from django.urls import path

from . import admin_views as views

urlpatterns = [
    path("personnes/inviter/", views.invite, name="accounts_invite"),
    path("personnes/invitations/", views.invitation_list, name="accounts_invitations"),
    path(
        "personnes/invitations/<uuid:uuid>/renvoyer/",
        views.invitation_resend,
        name="accounts_invitation_resend",
    ),
    path(
        "personnes/invitations/<uuid:uuid>/annuler/",
        views.invitation_take_back,
        name="accounts_invitation_take_back",
    ),
    path("personnes/<uuid:uuid>/", views.person, name="accounts_person"),
    path("personnes/<uuid:uuid>/role/fin/", views.end_role, name="accounts_person_end_role"),
    path("personnes/<uuid:uuid>/acces/", views.set_active, name="accounts_person_active"),
    path(
        "personnes/<uuid:uuid>/second-facteur/",
        views.reset_second_factor,
        name="accounts_person_second_factor",
    ),
    path(
        "personnes/<uuid:uuid>/mot-de-passe/",
        views.send_password_link,
        name="accounts_person_password",
    ),
    path("personnes/<uuid:uuid>/effacer/", views.erase, name="accounts_person_erase"),
]
