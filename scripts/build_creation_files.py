#!/usr/bin/env python3
"""Rebuild home/demo/files/: what the pages « Créer une Maison » give to download.

Usage: .venv/bin/python scripts/build_creation_files.py
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "home" / "demo" / "files"
NOTE = "Document de travail du réseau, à adapter. Règles de 2016 et 2017, archivées : la préfecture renseigne sur celles d’aujourd’hui."

DIAGNOSIS = [
    ("Les habitants", "Population de la commune et du bassin de vie", "Insee"),
    ("Les habitants", "Part des plus de 75 ans", "Insee"),
    ("Les habitants", "Demandeurs d’emploi", "Pôle emploi"),
    ("Les habitants", "Foyers sans voiture", "Insee"),
    ("Les services", "Agence la plus proche de chaque opérateur, en minutes", "Opérateurs"),
    ("Les services", "Permanences qui existent : lieu, jours, heures", "Communes"),
    ("Les services", "Maison la plus proche, en minutes de trajet", "Liste des Maisons"),
    ("Les services", "Accès à internet : débit, lieux en libre accès", "Communes"),
    ("Les besoins", "Ce que demandent les habitants aux secrétaires de mairie", "Enquête"),
    ("Les besoins", "Ce que demandent les travailleurs sociaux", "Enquête"),
    ("Le cadre", "Ce que dit le schéma départemental", "Préfecture, département"),
]
BUDGET = [
    "Salaires et charges de l’accueil",
    "Salaires et charges de la coordination",
    "Loyer et charges du local",
    "Matériel et maintenance informatiques",
    "Téléphone et connexion",
    "Fournitures",
    "Formation et déplacements",
    "Communication",
    "Assurances",
]
CONVENTION = [
    ("Les signataires", ["La structure porteuse et sa forme.", "Chaque opérateur, au moins deux."]),
    (
        "Les services",
        [
            "Accueil, information, orientation.",
            "Aide au numérique.",
            "Aide aux démarches.",
            "Mise en relation avec un conseiller : comment, sous quel délai.",
            "Aide à prévoir ou à résoudre une difficulté.",
            "Ce que l’agent ne fait pas, à la place des conseillers.",
        ],
    ),
    (
        "Le lieu et les heures",
        [
            "Adresse, espace confidentiel, équipement numérique.",
            "Jours et heures d’ouverture, 24 heures par semaine au moins.",
            "Permanences des opérateurs : jours, salle, matériel.",
        ],
    ),
    (
        "Les personnes",
        [
            "L’agent d’accueil, celui qui le remplace.",
            "La formation que donne chaque opérateur, au départ et ensuite.",
            "Le contact référent de chaque opérateur.",
        ],
    ),
    (
        "La vie de la convention",
        [
            "Suivi de l’activité : ce que l’on compte, à qui on le dit.",
            "Participation au réseau national.",
            "Durée (trois ans pour La Poste), renouvellement, fin.",
        ],
    ),
]


def main() -> None:
    FILES.mkdir(parents=True, exist_ok=True)
    diagnosis().save(FILES / "grille-de-diagnostic.xlsx")
    budget().save(FILES / "budget-previsionnel.xlsx")
    (FILES / "liste-pour-la-convention.pdf").write_bytes(convention())


def sheet(title: str, headings: list[str], widths: list[int]):
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    page.title = title
    page.append(headings)
    for cell, width in zip(page[1], widths, strict=True):
        cell.font = Font(bold=True)
        page.column_dimensions[cell.column_letter].width = width
        cell.alignment = Alignment(wrap_text=True)
    page.freeze_panes = "A2"
    return book, page


def diagnosis():
    book, page = sheet(
        "Diagnostic",
        ["Sujet", "Question", "Où chercher", "Réponse", "Date, source"],
        [18, 52, 24, 40, 24],
    )
    for row in DIAGNOSIS:
        page.append([*row, None, None])
    page.append([])
    page.append([NOTE])
    return book


def budget():
    """The total, then the aid of the archived rule: half of it, 35,000 € at most."""
    book, page = sheet(
        "Budget", ["Dépense de fonctionnement, pour un an", "Montant en euros"], [58, 20]
    )
    for line in BUDGET:
        page.append([line, None])
    last = len(BUDGET) + 1
    page.append(["Total", f"=SUM(B2:B{last})"])
    total = last + 1
    page.append([])
    page.append(["Aide au plus, selon la règle archivée de 2016", f"=MIN(B{total}*50%,35000)"])
    aid = total + 2
    page.append(
        ["dont Fonds national d’aménagement et de développement du territoire", f"=B{aid}/2"]
    )
    page.append(["dont fonds inter-opérateurs", f"=B{aid}/2"])
    page.append(["Reste à la structure", f"=B{total}-B{aid}"])
    page.append([])
    page.append([NOTE])
    for (cell,) in page[f"B2:B{aid + 3}"]:
        cell.number_format = '#,##0.00 "€"'
    return book


def convention() -> bytes:
    from cms import pdf

    context = {"title": "Ce que dit une convention", "parts": CONVENTION}
    return pdf.make("home/pdf/convention.html", context, language="fr")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    import django

    django.setup()
    main()
