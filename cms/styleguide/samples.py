"""Sample contents, in French as those of the site are."""

import datetime as dt
from typing import Any

from django.templatetags.static import static

from ..blocks import BodyStreamBlock

LONG = (
    "Seule à l’accueil depuis l’ouverture, elle partage sa semaine entre les démarches des habitants, "
    "la recherche de partenaires et le compte rendu que la commune attend chaque trimestre"
)
FIGURES = [
    {
        "value": "2 845",
        "label": "maisons ouvertes, dans tous les départements",
        "source": "Liste nationale",
        "source_url": "https://www.data.gouv.fr/",
        "date": dt.date(2024, 8, 1),
    },
    {
        "value": "40 %",
        "label": "des visiteurs viennent constituer un dossier",
        "source": "Enquête BVA",
        "date": dt.date(2016, 11, 14),
    },
    {
        "value": "24 h",
        "label": "d’ouverture par semaine au moins, et deux opérateurs",
        "source": "Cahier des charges",
        "date": dt.date(2017, 1, 1),
    },
    {
        "value": "62 %",
        "label": "des agents se sentent membres d’un réseau national",
        "source": "Enquête auprès des agents",
        "date": dt.date(2017, 2, 1),
    },
]
BODY = [
    (
        "rich_text",
        "<p>Ayen compte 740 habitants et aucune ligne de bus régulière. Depuis avril 2014, ceux qui "
        "n’ont pas de voiture, ou ne veulent plus être seuls dedans, s’adressent à la Maison : elle "
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
            "text": "Le conducteur n’est pas payé en euros : il dépense sa monnaie chez les commerçants.",
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
            "text": "<p>Les agents ne remplacent pas les conseillers des opérateurs : ils préparent la démarche et mettent en relation.</p>",
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
                    "question": "Comment assure-t-on seule la gestion d’une Maison ?",
                    "answer": "<p>Elle partage sa semaine entre l’accueil et la recherche de partenaires.</p>",
                },
                {
                    "question": "Qui vient ?",
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
                    {"values": ["Emploi", "1 204", "1 530"]},
                    {"values": ["Santé et famille", "860", "1 012"]},
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
                    "title": "Qui peut s’inscrire ?",
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
            "title": "Votre commune voudrait faire de même ?",
            "text": "La fiche de l’initiative dit ce qui peut être repris.",
            "label": "Lire la fiche",
            "url": "https://example.org/",
        },
    ),
]


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
            "title": "Webinaire : communiquer sur son territoire",
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
