"""The pages of the style guide."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..meta import PageMeta
from .contexts import article_context, gallery_context

# (anchor, label) of each section of the gallery, a template of templates/styleguide/ each
SECTIONS = [
    ("fondations", _("Foundations")),
    ("actions", _("Buttons and links")),
    ("titres", _("Titles, labels, states")),
    ("listes", _("Listings")),
    ("donnees", _("Figures, tables, maps")),
    ("texte", _("Text and pictures")),
    ("navigation", _("Finding one’s way")),
    ("formulaires", _("Forms")),
    ("messages", _("Messages")),
]


PAGES = {
    "article": ("bulletin/article_page.html", article_context, "À Ayen, la route se partage"),
    "erreur-404": ("404.html", dict, "Page introuvable"),
    "erreur-403": ("403.html", dict, "Accès refusé"),
    "tableau-de-bord": ("styleguide/dashboard.html", gallery_context, "Mes formations"),
}


def index(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    context = {
        **gallery_context(),
        "sections": SECTIONS,
        "pages": PAGES,
        **_frame("Guide de style"),
    }
    return render(request, "styleguide/index.html", context)


def sample_page(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page on sample data."""
    if name not in PAGES:
        raise Http404
    template, context, title = PAGES[name]
    return render(request, template, {**context(), **_frame(title)})


def _frame(title: str) -> dict[str, Any]:
    """Page metadata and menus, filled as on a site that has contents."""
    links = ["Trouver une Maison", "Le Bulletin", "Initiatives", "Agenda", "Créer une Maison"]
    return {
        "page_meta": PageMeta(
            title=title, breadcrumbs=[("Accueil", "/"), ("Guide de style", reverse("styleguide"))]
        ),
        "navigation": [
            {"label": label, "url": "#exemple", "current": label == "Le Bulletin"}
            for label in links
        ],
        "footer_links": [
            {"label": label, "url": "#exemple"}
            for label in ("Mentions légales", "Données personnelles", "Plan du site", "Contact")
        ],
        "languages": [
            {"code": "fr", "label": "Français", "url": "#exemple", "current": True},
            {"code": "en", "label": "English", "url": "#exemple", "current": False},
        ],
    }
