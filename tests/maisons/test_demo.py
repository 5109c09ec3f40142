"""The demonstration holds the 73 places and every Maison that the sources name, and no more."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cms.models import Commune
from maisons.demo_load import DOCUMENTS, load_network, read_places, read_yaml
from maisons.models import HostOrganisation, Maison, Operator

ROOT = Path(__file__).resolve().parents[2]
NATIONAL = {"pole-emploi", "cnaf", "cnamts", "cnav", "ccmsa", "grdf", "la-poste"}


def flat(text):
    """One line, one apostrophe, words cut at a line's end joined as they are written elsewhere."""
    joined = re.sub(r"-\s*\n\s*|(?<=\w)- (?=\w)", "-", text)
    return " ".join(joined.replace("'", "’").split()).casefold()


@pytest.fixture(scope="module")
def documents(shared_dir):
    files = (shared_dir / "seeds").glob("*.txt")
    return {file.name[:3]: flat(file.read_text(encoding="utf-8")) for file in files}


@pytest.fixture(scope="module")
def named():
    return read_yaml("named_in_sources.yaml")


def test_every_maison_is_named_by_the_document_it_cites(named, documents):
    missing = [
        (row["slug"], source["file"], source["words"])
        for row in named
        for source in row["sources"]
        if flat(source["words"]) not in documents[source["file"]]
    ]
    assert missing == []


def test_organisations_are_named_by_the_document_they_cite(documents):
    rows = read_yaml("host_organisations.yaml") + read_yaml("operators.yaml")
    missing = [
        row for row in rows if flat(row.get("words") or row["quote"]) not in documents[row["file"]]
    ]
    assert missing == []


def test_the_table_of_sources_names_each_maison_and_each_document(named):
    page = (ROOT / "docs" / "maisons-sources.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \|.*\| ((?:00\d(?:, )?)+) \|$", page, re.M))
    assert rows == {
        row["slug"]: ", ".join(dict.fromkeys(source["file"] for source in row["sources"]))
        for row in named
    }


def test_nobody_is_quoted_and_contacts_are_generic(named):
    text = (ROOT / "maisons/demo/named_in_sources.yaml").read_text(encoding="utf-8")
    for row in [*named, *read_places()]:
        phone = row.get("phone", "").replace(" ", "")
        assert not phone.startswith(("+336", "+337", "06", "07"))
    assert "«" not in re.sub(r"«\s(Guillemois|Pouilly-en-Charlieu)\s»", "", text)


def test_the_packed_places_are_built_from_the_published_file(shared_dir, tmp_path):
    script = tmp_path / "scripts" / "build_demo_places.py"
    script.parent.mkdir()
    script.write_bytes((ROOT / "scripts" / "build_demo_places.py").read_bytes())
    subprocess.run([sys.executable, script, shared_dir], check=True, capture_output=True)
    built = (tmp_path / "maisons/demo/places.json.gz").read_bytes()
    assert built == (ROOT / "maisons/demo/places.json.gz").read_bytes()
    published = json.loads((shared_dir / "data/places/msap-fs-aura-2021.json").read_text())
    assert [row["id"] for row in published] == [row["id"] for row in read_places()]
    assert len(published) == 73


@pytest.fixture
def loaded(db, monkeypatch):
    """The network, on the communes it needs alone."""
    from cms import territories

    codes = {
        row["commune"]
        for name in ("named_in_sources.yaml", "fictitious.yaml")
        for row in read_yaml(name)
    }
    codes |= {place["commune"] for place in read_places()}
    rows = [row for row in territories.read_communes() if row["code"] in codes]
    monkeypatch.setattr(territories, "read_communes", lambda: rows)
    return load_network()


def test_the_network_of_the_demonstration(loaded, named, django_assert_max_num_queries):
    assert set(Operator.objects.filter(kind="national").values_list("code", flat=True)) == NATIONAL
    public = Maison.objects.visible_to(None)
    assert {row["slug"] for row in named} <= set(public.values_list("slug", flat=True))
    # All 73 places, two of which are among the named.
    assert public.filter(source_reference__startswith="hinaura:").count() == 73
    assert public.count() == len(named) + 73 - 2
    assert not public.filter(is_fictitious=True).exists()
    assert Maison.objects.filter(is_fictitious=True).count() == 2
    assert not public.filter(source="").exists() and not public.filter(source_date=None).exists()
    lacaune = Maison.objects.get(slug="lacaune")
    assert lacaune.host_organisation.slug == "cc-monts-de-lacaune"
    assert "cnav" in lacaune.operators.values_list("code", flat=True)
    assert DOCUMENTS["001"][0] in lacaune.source
    diois = Maison.objects.get(slug="diois")
    assert diois.week and diois.services.exists() and DOCUMENTS["002"][0] in diois.source
    carried = public.filter(host_organisation__slug="la-poste").order_by("slug")
    assert list(carried.values_list("slug", flat=True)) == ["frangy", "saugues"]
    # Loading again adds nothing and changes nothing.
    Maison.objects.filter(slug="ayen").update(name="Changée ici")
    with django_assert_max_num_queries(120):
        assert not any(load_network().values())
    assert Maison.objects.get(slug="ayen").name == "Changée ici"
    # Every commune chosen is in the department that the organisation says.
    for host in HostOrganisation.objects.exclude(department=None):
        for maison in host.maisons.select_related("commune"):
            assert maison.commune.department_id == host.department_id
    assert Commune.objects.exists()
