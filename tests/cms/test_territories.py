"""Territories: what the files hold, what loading does, and the questions asked of them."""

import csv
import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from cms.models.territories import Commune, CommunePostcode, Department, ReferenceData, Region
from cms.places import (
    communes_by_postcode,
    communes_named,
    department_of_postcode,
    normalise_place_name,
)
from cms.territories import FILES, data_version, load_territories, read_communes, read_territories

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """All the territories, once for this module, and gone after it."""
    with django_db_blocker.unblock():
        load_territories(force=True)
        yield
        for model in (CommunePostcode, Commune, Department, Region, ReferenceData):
            model.objects.all()._raw_delete("default")


def test_the_files_are_small_and_built_the_same_every_time(tmp_path, shared_dir):
    before = {name: (ROOT / "cms/data/geo" / name).read_bytes() for name in FILES}
    assert sum(map(len, before.values())) < 1_500_000
    copy = tmp_path / "scripts" / "build_geo.py"
    copy.parent.mkdir()
    copy.write_bytes((ROOT / "scripts" / "build_geo.py").read_bytes())
    subprocess.run([sys.executable, copy, shared_dir], check=True, capture_output=True)
    assert before == {name: (tmp_path / "cms/data/geo" / name).read_bytes() for name in FILES}


def test_every_commune_keeps_its_code_its_postcodes_and_a_town_hall_first(shared_dir):
    ours = {row["code"]: row for row in read_communes()}
    packed = list(csv.DictReader((shared_dir / "data/geo/communes.csv").open(encoding="utf-8")))
    assert len(ours) == len(packed) == 35_014
    for row in packed:
        mine = ours[row["code"]]
        assert mine["postcodes"] == row["codes_postaux"]
        assert (mine["point"] == "h") == bool(row["mairie_lat"])
        if row["mairie_lat"]:
            assert float(mine["lat"]) == pytest.approx(float(row["mairie_lat"]), abs=0.0001)


def test_our_key_of_a_name_agrees_with_the_published_one(shared_dir):
    rows = csv.DictReader((shared_dir / "data/geo/communes.csv").open(encoding="utf-8"))
    different = [r["nom"] for r in rows if normalise_place_name(r["nom"]) != r["nom_norm"]]
    assert different == []


def test_compressed_files_carry_no_date_and_no_name():
    for name in FILES:
        header = (ROOT / "cms/data/geo" / name).read_bytes()[:10]
        assert header[3] == 0 and header[4:8] == b"\0\0\0\0"
        assert gzip.decompress((ROOT / "cms/data/geo" / name).read_bytes())


def test_every_department_has_a_clock_that_exists():
    from zoneinfo import ZoneInfo

    zones = {row["code"]: row["time_zone"] for row in read_territories()["departments"]}
    assert {code for code, zone in zones.items() if ZoneInfo(zone)} == set(zones)
    assert zones["74"] == "Europe/Paris"
    assert zones["974"] == "Indian/Reunion" and zones["972"] == "America/Martinique"


@pytest.mark.django_db
def test_loading_fills_every_table(loaded):
    assert Region.objects.count() == 26
    assert Department.objects.count() == 109
    assert Commune.objects.count() == 35_014
    assert CommunePostcode.objects.count() == 35_539
    assert Department.objects.exclude(outline="").count() == 101
    assert set(Department.objects.filter(inset=True).values_list("code", flat=True)) == {
        "971", "972", "973", "974", "976",
    }  # fmt: skip
    corsica = Department.objects.filter(region="94").values_list("code", flat=True)
    assert set(corsica) == {"2A", "2B"}
    assert Commune.objects.get(code="01001").name == "L'Abergement-Clémenciat"


@pytest.mark.django_db
def test_loading_again_does_nothing(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert load_territories() == {}


@pytest.mark.django_db
def test_other_files_repair_what_changed_and_keep_the_rest(loaded):
    ReferenceData.objects.update(version="0" * 64)
    Commune.objects.filter(code="19015").update(name="Changée", population=1)
    CommunePostcode.objects.filter(commune="19015").delete()
    CommunePostcode.objects.create(commune_id="19015", postcode="99999")
    call_command("load_territories", verbosity=0)
    ayen = Commune.objects.get(code="19015")
    assert ayen.name == "Ayen" and ayen.population > 500
    assert [p.postcode for p in ayen.postcodes.all()] == ["19310"]
    assert Commune.objects.count() == 35_014
    assert ReferenceData.objects.get().version == data_version()


@pytest.mark.django_db
def test_a_postcode_is_linked_once_to_a_commune(loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommunePostcode.objects.create(commune_id="19015", postcode="19310")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Ayen", "AYEN", " ayen "])
def test_a_commune_is_found_by_its_name(loaded, typed):
    assert [c.code for c in communes_named(typed)] == ["19015"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Le Bourg-d'Oisans", "Bourg d’Oisans", "LE BOURG D OISANS"])
def test_an_article_may_be_missing(loaded, typed):
    assert [c.code for c in communes_named(typed)] == ["38052"]


@pytest.mark.django_db
def test_a_shared_name_gives_every_commune_with_its_department(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = communes_named("St-Symphorien", limit=30)
        departments = {commune.department.code for commune in found}
    assert {"33", "72", "79", "18", "27", "35"} <= departments
    assert found[0].population == max(commune.population for commune in found)


@pytest.mark.django_db
def test_the_beginning_of_a_name_finds_what_no_name_equals(loaded):
    assert "27226" in [c.code for c in communes_named("étrépa")]
    assert communes_named("") == [] and communes_named("!!") == [] and communes_named("zzzz") == []


@pytest.mark.django_db
def test_a_city_answers_to_its_name_and_its_arrondissement_to_its_postcode(loaded):
    assert [c.code for c in communes_named("Marseille")][:1] == ["13055"]
    assert [c.code for c in communes_by_postcode("13003")] == ["13203"]


@pytest.mark.django_db
def test_a_postcode_gives_all_its_communes(loaded):
    assert "19015" in [c.code for c in communes_by_postcode("19310")]
    assert len(communes_by_postcode("19310")) > 1
    for wrong in ("", "1931", "193100", "abcde", "99999", "١٩٣١٠", "19310' OR 1=1"):
        assert communes_by_postcode(wrong) == []


@pytest.mark.django_db
def test_the_department_of_a_postcode_is_never_read_from_its_digits(loaded):
    assert department_of_postcode("20000").code == "2A"
    assert department_of_postcode("20200").code == "2B"
    assert department_of_postcode("97226").code == "972"
    assert department_of_postcode("01410").code == "01"
    assert department_of_postcode("99999") is None


@pytest.mark.django_db
def test_names_of_departments_take_their_article(loaded):
    def names(code):
        department = Department.objects.get(code=code)
        return department.name_with_article, department.name_with_of

    assert names("01") == ("l’Ain", "de l’Ain")
    assert names("19") == ("la Corrèze", "de la Corrèze")
    assert names("40") == ("les Landes", "des Landes")
    assert names("81") == ("le Tarn", "du Tarn")
    assert names("75") == ("Paris", "de Paris")
