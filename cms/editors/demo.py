"""Templates of the demonstration: drafts in a tree of their own, from which editors may start."""

import json
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Site

from ..models import PageTemplate, StandardPage

FOLDER = "modeles-de-pages"


def text(*paragraphs: str) -> dict[str, Any]:
    return {"type": "rich_text", "value": "".join(f"<p>{line}</p>" for line in paragraphs)}


def heading(words: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": words, "level": "h2"}}


def items(*lines: str) -> dict[str, Any]:
    rows = "".join(f"<li>{line}</li>" for line in lines)
    return {"type": "rich_text", "value": f"<ul>{rows}</ul>"}


# slug, name, what it is for, summary, body
TEMPLATES: tuple[tuple[str, str, str, str, list[dict[str, Any]]], ...] = (
    (
        "modele-fiche-pratique",
        "Fiche pratique",
        "Une démarche expliquée pas à pas aux habitants.",
        "[En deux phrases : la démarche, et pour qui.]",
        [
            text("[Qui est concerné, et dans quel cas. Une idée par phrase.]"),
            heading("Avant de venir"),
            items("[pièce à apporter]", "[pièce à apporter]"),
            heading("Dans la Maison"),
            text("[Ce que l’agent fait avec vous, et ce que seul l’opérateur décide.]"),
            heading("Ensuite"),
            text("[Délai, réponse attendue, et qui contacter sans nouvelles.]"),
        ],
    ),
    (
        "modele-compte-rendu",
        "Compte rendu de rencontre",
        "Après une réunion du réseau : ce qui a été dit, décidé, et par qui la suite est portée.",
        "[Où, quand, qui était là, et la décision principale.]",
        [
            text("[Le contexte en un paragraphe.]"),
            heading("Ce qui a été dit"),
            text("[Les échanges, au discours indirect : ne prêtez à personne des mots exacts.]"),
            heading("Ce qui a été décidé"),
            items("[décision, responsable, échéance]", "[décision, responsable, échéance]"),
            heading("Pour aller plus loin"),
            text("[Documents et contacts.]"),
        ],
    ),
)


class TemplatesLoader:
    """Adds what is missing, once: a template that editors took away does not come back."""

    order = 95

    @transaction.atomic
    def load(self, verbosity: int = 1) -> None:
        home = Site.objects.get(is_default_site=True).root_page
        if StandardPage.objects.filter(slug=FOLDER).exists():
            return
        folder = self._page(
            home,
            FOLDER,
            "Modèles de pages",
            "Brouillons dont les éditeurs partent : cette branche n’est jamais publiée.",
            [],
        )
        for slug, label, description, summary, body in TEMPLATES:
            page = self._page(folder, slug, label, summary, body)
            PageTemplate.objects.create(page=page, label=label, description=description)

    @staticmethod
    def _page(
        parent: Any, slug: str, title: str, summary: str, body: list[dict[str, Any]]
    ) -> StandardPage:
        page = StandardPage(
            title=title,
            slug=slug,
            summary=summary,
            body=json.dumps(body),
            live=False,
            locale=Locale.get_default(),
        )
        parent.add_child(instance=page)
        page.save_revision()
        return page
