"""Addresses of the style guide, under /styleguide/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="styleguide"),
    path("<slug:name>/", views.sample_page, name="styleguide_page"),
]
