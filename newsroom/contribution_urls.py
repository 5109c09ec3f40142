"""Addresses of contributions, beside the pages of consultations: /consultations/…"""

from django.urls import path

from . import contribution_views as views

urlpatterns = [
    path("mes-contributions/", views.own_list, name="newsroom_contributions"),
    path("<slug:slug>/contribuer/", views.contribute, name="newsroom_contribute"),
    path(
        "contribution/<uuid:contribution_uuid>/", views.contribution, name="newsroom_contribution"
    ),
    path(
        "contribution/<uuid:contribution_uuid>/retirer/",
        views.withdraw,
        name="newsroom_contribution_withdraw",
    ),
    path(
        "contribution/<uuid:contribution_uuid>/reprendre/",
        views.reopen,
        name="newsroom_contribution_reopen",
    ),
]
