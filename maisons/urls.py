"""Public addresses of the network: /maisons/…"""

from django.urls import path

from . import views

app_name = "maisons"
urlpatterns = [
    path("", views.directory, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
]
