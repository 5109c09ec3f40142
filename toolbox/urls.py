"""What members do in the toolbox beside reading: /boite-a-outils/supports/…"""

from django.urls import path

from . import views

app_name = "toolbox"
urlpatterns = [
    path("", views.supports, name="supports"),
    path("<slug:slug>/", views.support, name="support"),
]
