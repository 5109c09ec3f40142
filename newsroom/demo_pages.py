"""Creates the pages of the demonstration that are not there yet."""

from typing import Any

from wagtail.models import Locale, Site

from .models import AgendaPage, NewsIndexPage, PublicationIndexPage, VideoIndexPage

INDEXES = (
    (
        NewsIndexPage,
        "Actualités",
        "actualites",
        "Ce qui change pour le réseau, ses partenaires et ceux qui le fréquentent.",
    ),
    (AgendaPage, "Agenda", "agenda", "Les rencontres, les formations et les dates du réseau."),
    (
        VideoIndexPage,
        "Sur le terrain",
        "videos",
        "Des Maisons au travail, en vidéo, avec sous-titres et transcription.",
    ),
    (
        PublicationIndexPage,
        "Publications",
        "publications",
        "Les fiches, rapports, études et données du réseau, résumés et à télécharger.",
    ),
)


def load() -> None:
    for model, title, slug, summary in INDEXES:
        index(model, title, slug, summary)


def index(model: type[Any], title: str, slug: str, summary: str) -> Any:
    home = Site.objects.get(is_default_site=True).root_page
    found = model.objects.child_of(home).first()
    if found is None:
        found = model(title=title, slug=slug, summary=summary, locale=Locale.get_default())
        home.add_child(instance=found)
        found.save_revision(changed=False).publish()
    return found
