#!/usr/bin/env python3
"""Build maisons/demo/places.json.gz: the 73 real places of Auvergne-Rhône-Alpes, tidied.

    python scripts/build_demo_places.py [SHARED_DIR]

Each row keeps the identifier of the source. We add the INSEE code of the commune, and leave out what
may be a person's own (mobile numbers, addresses that hold a name) or leads nowhere. Standard library
only. Where it comes from: maisons/demo/SOURCES.md.
"""

import csv
import gzip
import json
import os
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "maisons" / "demo" / "places.json.gz"
# The source writes a former name, a shortened one, or one of several under a postcode.
COMMUNES = {
    "80": "74056",  # Chamonix-Mont-Blanc
    "137": "73215",  # Valgelon-La Rochette
    "430": "42019",  # Boën-sur-Lignon
    "935": "03236",  # Saint-Germain-des-Fossés, under the postcode of its neighbours
}
POSTCODES = {"935": "03260"}
PERSONAL_EMAILS = {"111", "968", "1131"}
DEAD_SITES = re.compile(r"maisondeservicesaupublic\.fr|anct-carto\.github\.io|facebook\.com")
MOBILE = re.compile(r"\+33[67]")
# Capitals, stray spaces, and names that say nothing without their commune.
NAMES = {
    "0": "Maison de services au public d’Abondance",
    "80": "Maison de services au public Vallée de Chamonix",
    "84": "France services de Chazelles-sur-Lyon",
    "88": "France services Cluses et environs (association Mieux vivre dans sa ville)",
    "92": "Courchevel Emploi – MSAP",
    "101": "France services d’Ébreuil",
    "104": "Relais Grand Lac – France services d’Entrelacs",
    "111": "Espace France services de Gaillard",
    "124": "France services Pays d’Huriel (fiche de mai 2021)",
    "128": "MSAP La Léchère",
    "137": "France services Valgelon-La Rochette",
    "142": "Les Amis des Bauges – MSAP France services",
    "159": "France services de Marcillat-en-Combraille",
    "168": "Espace France services de Moûtiers-Aigueblanche (AACM)",
    "169": "France services de Noirétable",
    "202": "Relais Grand Lac – France services de Ruffieux",
    "218": "France services de Saint-Bonnet-le-Château",
    "227": "France services du centre social Déclicc",
    "237": "France services Pays du Mont-Blanc",
    "256": "Maison de services au public des Montagnes du Giffre",
    "293": "Relais Sancy – Espace France services du Mont-Dore",
    "394": "Maison France services de Rochefort-Montagne (maison des solidarités)",
    "430": "France services de Boën-sur-Lignon",
    "448": "France services de Montmarault",
    "449": "Maison France services de Craponne-sur-Arzon",
    "482": "France services de Bourg-Saint-Maurice",
    "768": "France services de Chaudes-Aigues",
    "770": "France services de Ruynes-en-Margeride",
    "771": "France services de Neuvéglise-sur-Truyère",
    "796": "France services du Chambon-sur-Lignon",
    "809": "Maison France services de Saugues",
    "816": "Maison France services – Cybercentre Copler",
    "842": "Maison France services de la sous-préfecture de Thonon-les-Bains",
    "887": "France services des Ollières-sur-Eyrieux",
    "944": "France services Plaine Limagne à Luzillat",
    "947": "France services Plaine Limagne à Aigueperse",
    "948": "France services Plaine Limagne à Luzillat (fiche de mars 2022)",
    "953": "France services de Thueyts",
    "968": "Maison France services de Pont-d’Ain",
    "1007": "France services de Saint-Pierre-d’Albigny",
    "1012": "Relais Sancy – Espace France services de Besse-et-Saint-Anastaise",
    "1022": "France services de Siaugues-Sainte-Marie",
    "1038": "Maison France services de Paulhaguet",
    "1050": "Espace France services de Vailly",
    "1082": "Aventic Rémuzat – France services Vallée de l’Eygues",
    "1083": "Aventic Sahune – France services Vallée de l’Eygues",
    "1097": "Espace France services du Diois (CFPPA de Die)",
    "1162": "France services multisites – Sury-le-Comtal",
    "1163": "France services multisites – Chalmazel",
    "1164": "France services de Serrières",
}
# Their own address or mailbox says who carries them.
HOSTS = {"792": "la-poste", "809": "la-poste"}
# A street that is no address, or a remark of the source's author.
ADDRESSES = {"0": "Place du Champ-de-Foire", "168": "Maison des associations", "1130": ""}


def main():
    shared = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SHARED_DIR", ROOT.parent / "shared")
    )
    rows = json.loads((shared / "data/places/msap-fs-aura-2021.json").read_text(encoding="utf-8"))
    communes = by_postcode(shared / "data/geo/communes.csv")
    places = [tidy(row, communes) for row in rows]
    text = json.dumps(places, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{len(places)} places, {TARGET.stat().st_size:,} bytes")


def by_postcode(file):
    found = {}
    with file.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for postcode in row["codes_postaux"].split():
                found.setdefault(postcode, []).append((key(row["nom"]), row["code"]))
    return found


def tidy(row, communes):
    identifier = row["id"]
    phone, email, site = row.get("telephone", ""), row.get("courriel", ""), row.get("site_web", "")
    return {
        "id": identifier,
        "name": NAMES.get(identifier) or clean(row["nom"]),
        "commune": COMMUNES.get(identifier) or insee(row, communes),
        "postcode": POSTCODES.get(identifier, row["code_postal"]),
        "address": ADDRESSES.get(identifier, clean(row["adresse"])),
        "latitude": round(row["latitude"], 6),
        "longitude": round(row["longitude"], 6),
        "phone": "" if MOBILE.match(phone) else phone,
        "email": "" if identifier in PERSONAL_EMAILS else email,
        "website": "" if DEAD_SITES.search(site) else site,
        "opening_hours": row.get("horaires", ""),
        "services": [part.strip() for part in row["services"].split(";") if part.strip()],
        "host": HOSTS.get(identifier, ""),
        "updated": row["date_maj"],
    }


def insee(row, communes):
    wanted = key(row["commune"])
    candidates = communes[row["code_postal"]]
    equal = [code for name, code in candidates if name == wanted]
    if len(equal) != 1:
        sys.exit(f"{row['id']} {row['commune']} {row['code_postal']}: which of {candidates}?")
    return equal[0]


def clean(text):
    text = " ".join(text.replace("'", "’").split())
    text = re.sub(r" - (\d{5}) [A-ZÀ-Ÿ -]+$", "", text)
    text = re.sub(r"\bFrance Services?\b", "France services", text)
    return text


def key(name):
    """As cms.places.normalise_place_name, without Django and without the article."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    words = words[1:] if words[0] in ("le", "la", "les", "l") else words
    return " ".join({"saint": "st", "sainte": "ste"}.get(word, word) for word in words)


if __name__ == "__main__":
    main()
