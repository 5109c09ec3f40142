from django.urls import path

from . import notification_views as views

urlpatterns = [
    path("", views.notifications, name="accounts_notifications"),
    path("lues/", views.read_all, name="accounts_notifications_read"),
    path("choix/", views.choices, name="accounts_notification_choices"),
    path("<uuid:notification_uuid>/", views.open_notification, name="accounts_notification"),
]
