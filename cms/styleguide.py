"""The style guide: every component in every state, and whole pages on sample data.

Served only when `settings.STYLEGUIDE` is on (development and tests). Browser tests run axe over it.
The samples are French, as the contents of the site are; nothing here reads the database.
"""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from .blocks import BodyStreamBlock
from .meta import PageMeta
from .streams import Note

LONG = (
    "Seule à l’accueil depuis l’ouverture, elle partage sa semaine entre les démarches des habitants, "
    "la recherche de partenaires et le compte rendu que la commune attend chaque trimestre"
)
FIGURES = [
    {
        "value": "2 845",
        "label": "maisons ouvertes, dans tous les départements",
        "source": "Liste nationale",
        "source_url": "https://www.data.gouv.fr/",
        "date": dt.date(2024, 8, 1),
    },
    {
        "value": "40 %",
        "label": "des visiteurs viennent constituer un dossier",
        "source": "Enquête BVA",
        "date": dt.date(2016, 11, 14),
    },
    {
        "value": "24 h",
        "label": "d’ouverture par semaine au moins, et deux opérateurs",
        "source": "Cahier des charges",
        "date": dt.date(2017, 1, 1),
    },
    {
        "value": "62 %",
        "label": "des agents se sentent membres d’un réseau national",
        "source": "Enquête auprès des agents",
        "date": dt.date(2017, 2, 1),
    },
]
BODY = [
    (
        "rich_text",
        "<p>Ayen compte 740 habitants et aucune ligne de bus régulière. Depuis avril 2014, ceux qui "
        "n’ont pas de voiture, ou ne veulent plus être seuls dedans, s’adressent à la Maison : elle "
        "tient la liste des trajets, met en relation et vend les fichets kilométriques.</p>",
    ),
    ("heading", {"text": "Comment ça marche", "level": "h2"}),
    (
        "rich_text",
        "<p>On s’inscrit une fois, avec une pièce d’identité et le permis pour qui conduit. "
        "Les trajets sont <b>réunis par la Maison</b> et les <i>secrétariats de mairie</i>, puis "
        'transmis par internet ou par téléphone (<a href="#exemple">lire le règlement</a>).</p>'
        "<ul><li>Le passager paie en monnaie locale.</li><li>Le conducteur la dépense au village.</li></ul>",
    ),
    (
        "quote",
        {
            "text": "Le conducteur n’est pas payé en euros : il dépense sa monnaie chez les commerçants.",
            "author": "La rédaction",
            "role": "à partir du compte rendu de l’association",
        },
    ),
    ("heading", {"text": "La place de la Maison", "level": "h2"}),
    (
        "callout",
        {
            "tone": "info",
            "title": "Bon à savoir",
            "text": "<p>Les agents ne remplacent pas les conseillers des opérateurs : ils préparent la démarche et mettent en relation.</p>",
        },
    ),
    (
        "interview",
        {
            "person": "L’agente d’accueil",
            "role": "Maison de Lacaune",
            "introduction": "<p>Elle tient seule la Maison depuis son ouverture, en 2008.</p>",
            "exchanges": [
                {
                    "question": "Comment assure-t-on seule la gestion d’une Maison ?",
                    "answer": "<p>Elle partage sa semaine entre l’accueil et la recherche de partenaires.</p>",
                },
                {
                    "question": "Qui vient ?",
                    "answer": "<p>Des habitants de tous âges, pour un dossier en ligne le plus souvent.</p>",
                },
            ],
        },
    ),
    ("heading", {"text": "En chiffres", "level": "h2"}),
    ("key_figures", {"title": "", "figures": FIGURES[:2]}),
    (
        "table",
        {
            "caption": "Fréquentation par motif",
            "row_headers": True,
            "table": {
                "columns": [
                    {"type": "text", "heading": "Motif"},
                    {"type": "number", "heading": "2015"},
                    {"type": "number", "heading": "2016"},
                ],
                "rows": [
                    {"values": ["Emploi", "1 204", "1 530"]},
                    {"values": ["Santé et famille", "860", "1 012"]},
                    {"values": ["Retraite", "512", "640"]},
                ],
            },
        },
    ),
    ("heading", {"text": "Reprendre ailleurs", "level": "h2"}),
    ("heading", {"text": "Ce qu’il faut prévoir", "level": "h3"}),
    (
        "accordion",
        {
            "items": [
                {
                    "title": "Qui peut s’inscrire ?",
                    "text": "<p>Toute personne, avec une pièce d’identité.</p>",
                },
                {"title": LONG + " ?", "text": "<p>Rien pour l’inscription.</p>"},
            ]
        },
    ),
    (
        "department_map",
        {
            "title": "Où l’idée a été reprise",
            "departments": [
                {"code": "19", "label": "Ayen"},
                {"code": "48", "label": "Mende"},
                {"code": "81", "label": ""},
                {"code": "974", "label": ""},
            ],
            "description": "Quatre départements, dont trois au sud du Massif central et La Réunion.",
            "source": "Réseau des Maisons",
            "date": dt.date(2016, 8, 1),
        },
    ),
    (
        "partner",
        {
            "name": "Défenseur des droits",
            "description": "<p>Toute personne peut le saisir, directement et gratuitement.</p>",
            "url": "https://www.defenseurdesdroits.fr/",
        },
    ),
    (
        "contact",
        {
            "organisation": "Maison de services au public d’Ayen",
            "phone": "05 55 25 76 12",
            "url": "https://www.ayen.example/",
            "address": "Place Louis Mareuse\n19310 Ayen",
        },
    ),
    (
        "agenda_item",
        {
            "title": "Assises nationales de la médiation numérique",
            "start": dt.date(2016, 11, 23),
            "end": dt.date(2016, 11, 25),
            "place": "Mende (Lozère)",
            "text": "<p>Trois jours d’ateliers, dont un sur les Maisons.</p>",
        },
    ),
    (
        "cta",
        {
            "title": "Votre commune voudrait faire de même ?",
            "text": "La fiche de l’initiative dit ce qui peut être repris.",
            "label": "Lire la fiche",
            "url": "https://example.org/",
        },
    ),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Nom de la Maison", help_text="Celui que les habitants connaissent."
    )
    email = forms.EmailField(label="Adresse électronique", help_text="Au format nom@domaine.fr.")
    kind = forms.ChoiceField(
        label="Implantation",
        choices=[("", "Choisir"), ("fixed", "Lieu fixe"), ("bus", "Itinérante")],
    )
    text = forms.CharField(
        label="Ce qu’il faut savoir", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.MultipleChoiceField(
        label="Jours d’ouverture",
        choices=[("1", "Lundi"), ("2", "Mardi"), ("3", "Mercredi")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Ceux d’une semaine ordinaire.",
    )
    contact = forms.ChoiceField(
        label="Prévenir par",
        choices=[("mail", "courriel"), ("phone", "téléphone")],
        widget=forms.RadioSelect,
    )
    when = forms.DateField(
        label="Date d’ouverture", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    agree = forms.BooleanField(label="J’ai vérifié les horaires", required=False)
    closed = forms.CharField(label="Champ fermé", initial="19310", disabled=True, required=False)


def sample_item(**changes: Any) -> dict[str, Any]:
    """One entry of a listing."""
    item = {
        "title": "À Ayen, la route se partage",
        "url": "#exemple",
        "kicker": "Zoom sur une initiative",
        "summary": "Un covoiturage de proximité, payé en monnaie locale et tenu par la Maison.",
        "meta": "1er octobre 2016 · 6 min",
        "src": static("img/exemple.svg"),
        "alt": "Un village, une route et une voiture, dessinés à plat.",
    }
    return {**item, **changes}


def sample_items() -> list[dict[str, Any]]:
    """A listing as an issue has it: without pictures."""
    titles = [
        ("Seule à l’accueil, à Lacaune, depuis 2008", "Zoom sur un agent · 6 min"),
        ("24 conventions signées avec la Carsat Normandie", "Zoom sur un partenariat · 5 min"),
        ("Sept modules pour se former entre pairs", "Animation nationale · 4 min"),
        (
            "Un accueil qui oriente vers le Défenseur des droits",
            "Actualité des partenaires · 3 min",
        ),
    ]
    return [
        sample_item(title=title, meta=meta, kicker="", summary="", src="") for title, meta in titles
    ]


def sample_events() -> list[dict[str, Any]]:
    """Dates of the agenda."""
    return [
        {
            "title": "Assises nationales de la médiation numérique",
            "start": dt.date(2016, 11, 23),
            "end": dt.date(2016, 11, 25),
            "place": "Mende (48)",
            "url": "#exemple",
        },
        {
            "title": "Accueil et médiation, session de deux jours",
            "start": dt.date(2016, 12, 1),
            "place": "Limoges (87)",
            "url": "#exemple",
        },
        {
            "title": "Webinaire : communiquer sur son territoire",
            "start": dt.date(2016, 12, 8),
            "place": "En ligne",
            "url": "#exemple",
        },
    ]


def sample_body(names: set[str] | None = None) -> Any:
    """A real stream of blocks (those with the given names), not saved anywhere."""
    block = BodyStreamBlock()
    raw = [{"type": name, "value": value} for name, value in BODY if not names or name in names]
    return block.to_python([{**row, "value": _plain(row["value"])} for row in raw])


def _plain(value: Any) -> Any:
    """Dates as the JSON of a stream holds them."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def gallery_context() -> dict[str, Any]:
    """What the gallery of components shows."""
    filled = SampleForm(
        prefix="faux",
        data={"faux-email": "mairie(at)ayen", "faux-contact": "mail", "faux-days": ["9"]},
    )
    filled.add_error(None, "La Maison est fermée depuis le 1er mars : rouvrez-la d’abord.")
    pages = Paginator(range(400), 20)
    return {
        "figures": FIGURES,
        "lead": sample_item(),
        "items": sample_items(),
        "pictured": [
            sample_item(),
            sample_item(title=LONG, summary=LONG + ". " + LONG + "."),
            sample_item(title="Sans résumé ni légende", summary="", meta="", kicker=""),
        ],
        "states": [
            sample_item(
                title="Session « Accueil et médiation », Limoges",
                src="",
                summary="",
                kicker="",
                meta="1er et 2 décembre, 9 h 30.",
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
        "body": sample_body(),
        "form": SampleForm(prefix="vide"),
        "wrong_form": filled,
        "first_page": pages.page(1),
        "middle_page": pages.page(10),
        "last_page": pages.page(20),
        "notes": [
            Note(1, "<p>Compte rendu de l’association, septembre 2016.</p>", ["appel-1-1"]),
            Note(
                2,
                "<p>Chiffre de la commune, <i>bulletin municipal</i>.</p>",
                ["appel-2-1", "appel-2-2"],
            ),
        ],
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
        "documents": [
            SimpleNamespace(
                title="Règlement du covoiturage",
                url="#exemple",
                file_extension="pdf",
                get_file_size=245_000,
            ),
            SimpleNamespace(title=LONG, url="#exemple", file_extension="odt", get_file_size=None),
        ],
        "video": {
            "url": static("img/exemple.mp4"),
            "transcript": "La caméra suit une conductrice.\n\nElle dépose deux passagers.",
            "credit": "Réseau des Maisons",
        },
        "accordion": [
            {"title": "Une section fermée", "text": mark_safe("<p>Son texte.</p>")},
            {"title": "Une section ouverte", "text": mark_safe("<p>Son texte.</p>"), "open": True},
        ],
        "columns": [
            {"heading": "Département"},
            {"heading": "Maisons", "number": True},
            {"heading": "Part", "number": True},
        ],
        "rows": [
            ["Corrèze", {"value": "12", "number": True}, {"value": "1,2 %", "number": True}],
            ["Lozère", {"value": "9", "number": True}, {"value": "0,9 %", "number": True}],
        ],
        "departments": [
            {"code": code} for code in ("01", "2A", "19", "48", "59", "75", "971", "976")
        ],
        "long": LONG,
        "html": mark_safe(
            "<p>Les agents préparent la démarche et <a href='#exemple'>mettent en relation</a>.</p>"
        ),
        "example": static("img/exemple.svg"),
        "user_links": [
            {"label": "Mon compte", "url": "#exemple", "icon": "user"},
            {"label": "Mes formations", "url": "#exemple", "icon": "graduation-cap"},
        ],
    }


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


def article_context() -> dict[str, Any]:
    """An article of the Bulletin."""
    from .streams import render_stream

    rendered = render_stream(sample_body(), {}, [])
    call = '<sup class="footnote-call"><a href="#note-1" id="appel-1-1" role="doc-noteref" aria-label="Note 1">1</a></sup></p>'
    return {
        "page": {
            "title": "À Ayen, la route se partage",
            "summary": "Un covoiturage de proximité, payé en monnaie locale et tenu par la Maison : ses voisins l’ont repris en deux ans.",
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
        "footnotes": gallery_context()["notes"][:1],
        "hero_src": static("img/exemple.svg"),
    }


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


urlpatterns = [
    path("", index, name="styleguide"),
    path("<slug:name>/", sample_page, name="styleguide_page"),
]
