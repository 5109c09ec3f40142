"""Where members write: /espace-pro/initiatives/…"""

from django.urls import path

from . import views

app_name = "initiatives"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("nouvelle/", views.start, name="start"),
    path("<uuid:key>/", views.edit, name="edit"),
    path("<uuid:key>/apercu/", views.preview, name="preview"),
    path("<uuid:key>/supprimer/", views.discard, name="discard"),
    path("<uuid:key>/nous-aussi/", views.adopt, name="adopt"),
]
