"""What the templates of the style guide are given."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from ..charts import Bar, Month, Pair, Stack, bars, months, pairs, stacked
from ..listings import Choice, Listing, ShownFacet
from ..streams import Note, render_stream
from .forms import SampleFilters, SampleForm
from .samples import FIGURES, LONG, sample_body, sample_events, sample_item, sample_items


def gallery_context() -> dict[str, Any]:
    """What the gallery of components shows."""
    return _listings() | _data() | _text() | _wayfinding() | _forms()


def _listings() -> dict[str, Any]:
    """Listings and their states."""
    pages = Paginator(range(400), 20)
    return {
        "lead": sample_item(),
        "items": sample_items(),
        "pictured": [
            sample_item(),
            sample_item(title=LONG, summary=LONG + ". " + LONG + "."),
            sample_item(title="Sans résumé ni légende", summary="", meta="", kicker=""),
        ],
        "states": [
            sample_item(
                title="Session « Accueil et médiation », Limoges",
                src="",
                summary="",
                kicker="",
                meta="1er et 2 décembre, 9 h 30.",
                state="dans 9 jours",
                state_tone="warm",
            ),
            sample_item(
                title="Évaluation à froid",
                src="",
                summary="",
                kicker="",
                meta="Quatre questions.",
                state="à rendre",
            ),
        ],
        "cards": [sample_item(title=f"Carte {n}", meta="") for n in range(1, 4)],
        "events": sample_events(),
        "documents": [
            SimpleNamespace(
                title="Règlement du covoiturage",
                url="#exemple",
                file_extension="pdf",
                get_file_size=245_000,
            ),
            SimpleNamespace(title=LONG, url="#exemple", file_extension="odt", get_file_size=None),
        ],
        "first_page": pages.page(1),
        "middle_page": pages.page(10),
        "last_page": pages.page(20),
    }


def _data() -> dict[str, Any]:
    """Figures, tables, maps."""
    return {
        "figures": FIGURES,
        "columns": [
            {"heading": "Département"},
            {"heading": "Maisons", "number": True},
            {"heading": "Part", "number": True},
        ],
        "rows": [
            ["Corrèze", {"value": "12", "number": True}, {"value": "1,2 %", "number": True}],
            ["Lozère", {"value": "9", "number": True}, {"value": "0,9 %", "number": True}],
        ],
        "departments": [
            {"code": code} for code in ("01", "2A", "19", "48", "59", "75", "971", "976")
        ],
        **_charts(),
    }


def _charts() -> dict[str, Any]:
    """Charts, with what is not shown and with links."""
    few = "moins de 5 réponses"
    scale = ["Pas du tout", "Plutôt non", "Ni oui ni non", "Plutôt oui", "Tout à fait"]
    year = zip((3, 8, 21, 34, None, 12, 40, 61, 18, 22, 55, 1204), range(1, 13), strict=True)
    return {
        "bars": bars(
            "sg-barres",
            "Agents formés par ville",
            [Bar("Limoges", 1204, "#exemple"), Bar(LONG[:60], 310, "#exemple"), Bar("Mende", 0)],
            heading="Ville",
            measure="Agents",
        ),
        "shares": bars(
            "sg-parts",
            "Part des personnes qui recommandent la session",
            [Bar("Limoges", 92.5), Bar("Toulouse", 68), Bar("Mende", None, note=few)],
            heading="Ville",
            measure="Part",
            unit="%",
            maximum=100,
        ),
        "stacks": stacked(
            "sg-echelle",
            "Ce que l’on pense de la session",
            [
                Stack("Le contenu répond à mes besoins", (0, 1, 4, 12, 23), "#exemple"),
                Stack("Le rythme convenait", (6, 9, 8, 10, 7)),
                Stack("Les documents remis servent", None, note=few),
            ],
            scale,
            heading="Question",
        ),
        "pairs": pairs(
            "sg-paires",
            "Réponses justes, avant et après",
            [Pair("Accueil et médiation", (48, 86), "#exemple"), Pair(LONG[:60], (91, 100))],
            ("avant", "après"),
            heading="Module",
            unit="%",
            maximum=100,
        ),
        "line": months(
            "sg-mois",
            "Agents formés par mois",
            [Month(dt.date(2016, month, 1), value, "#exemple") for value, month in year],
            measure="Agents",
        ),
    }


def _text() -> dict[str, Any]:
    """Text, pictures, notes."""
    return {
        "body": sample_body(),
        "notes": [
            Note(1, "<p>Compte rendu de l’association, septembre 2016.</p>", ["appel-1-1"]),
            Note(
                2,
                "<p>Chiffre de la commune, <i>bulletin municipal</i>.</p>",
                ["appel-2-1", "appel-2-2"],
            ),
        ],
        "video": {
            "url": "#exemple",
            "transcript": "La caméra suit une conductrice.\n\nElle dépose deux passagers.",
            "credit": "Réseau des Maisons",
        },
        "accordion": [
            {"title": "Une section fermée", "text": mark_safe("<p>Son texte.</p>")},
            {"title": "Une section ouverte", "text": mark_safe("<p>Son texte.</p>"), "open": True},
        ],
        "long": LONG,
        "html": mark_safe(
            "<p>Les agents préparent la démarche et <a href='#exemple'>mettent en relation</a>.</p>"
        ),
        "example": static("img/exemple.svg"),
    }


def _wayfinding() -> dict[str, Any]:
    """Labels, contents, tabs, menus."""
    return {
        "toc": [
            (2, "toc-a", "L’idée"),
            (2, "toc-b", "Comment ça marche"),
            (3, "toc-c", "L’inscription"),
            (2, "toc-d", LONG),
        ],
        "tags": [
            {"label": "Mobilité", "url": "#exemple"},
            {"label": "Numérique", "url": "#exemple"},
            {"label": "Sans lien"},
        ],
        "tabs": [
            {"label": "Tout", "url": "#exemple", "current": True},
            {"label": "Articles", "url": "#exemple"},
            {"label": "Maisons", "url": "#exemple"},
        ],
        "user_links": [
            {"label": "Mes formations", "url": "#exemple", "icon": "graduation-cap"},
        ],
    }


def _forms() -> dict[str, Any]:
    """A form, empty and refused."""
    filled = SampleForm(
        prefix="faux",
        data={"faux-email": "mairie(at)ayen", "faux-contact": "mail", "faux-days": ["9"]},
    )
    filled.add_error(None, "La Maison est fermée depuis le 1er mars : rouvrez-la d’abord.")
    return {
        "form": SampleForm(prefix="vide"),
        "listing": _listing(),
        "wrong_form": filled,
    }


def _listing() -> Listing:
    """A list narrowed by one choice, with a wrong value beside it."""
    form = SampleFilters({"genre": "news", "annee": "abc"})
    form.is_valid()
    kinds = [Choice("news", "Actualité", 12, True), Choice("date", "Rendez-vous", 4, False)]
    years = [Choice("2017", "2017", 3, False), Choice("2016", "2016", 9, False)]
    facets = [
        ShownFacet("genre", "Genre", "Tous les genres", kinds, "#exemple"),
        ShownFacet("annee", "Année", "Toutes les années", years, "#exemple"),
    ]
    return Listing(form, Paginator(range(12), 20).page(1), 12, "", facets)


def article_context() -> dict[str, Any]:
    """An article of the Bulletin."""
    rendered = render_stream(sample_body(), {}, [])
    call = '<sup class="footnote-call"><a href="#note-1" id="appel-1-1" role="doc-noteref" aria-label="Note 1">1</a></sup></p>'
    return {
        "page": {
            "title": "À Ayen, la route se partage",
            "summary": "Un covoiturage de proximité, payé en monnaie locale et tenu par la Maison : ses voisins l’ont repris en deux ans.",
            "display_date": dt.date(2016, 10, 1),
            "themes": SimpleNamespace(
                all=[{"label": "Mobilité"}, {"label": "Développement économique"}]
            ),
        },
        "kicker": "Zoom sur une initiative",
        "reading_minutes": 6,
        "body": mark_safe(rendered.html.replace("</p>", call, 1)),
        "toc": rendered.toc,
        "figures": {"figures": FIGURES[1:]},
        "footnotes": _text()["notes"][:1],
    }
