"""One export service: checked, escaped, dated, logged, and in the background when long."""

import csv
import io

import pytest
from django import forms
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.models import User
from cms import exports, registry, tasks
from cms.factories import ThemeFactory
from cms.models import ExportFile, Theme

pytestmark = pytest.mark.django_db


class Filters(forms.Form):
    order = forms.IntegerField(required=False)


EXPORT = exports.Export(
    code="test-themes",
    label="Thèmes",
    columns=[
        ("Code", lambda t: t.code),
        ("Libellé", lambda t: t.label_fr),
        ("Rang", lambda t: t.order),
    ],
    rows=lambda user, filters: Theme.objects.filter(
        code__startswith="export-", **({"order": filters["order"]} if filters.get("order") else {})
    ).order_by("pk"),
    may_export=lambda user: user.is_staff,
    form=Filters,
)
registry.export_kinds.register("test-themes", EXPORT)
URL = "/exports/test-themes/"


@pytest.fixture
def staff(client):
    user = User.objects.create_user("staff@example.org", is_staff=True, first_name="Ada")
    client.force_login(user)
    return user


@pytest.fixture
def rows():
    ThemeFactory(code="export-1", label_fr="=1+1", order=1)
    ThemeFactory(code="export-2", label_fr="Santé", order=2)


def body(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_csv_has_its_header_its_rows_and_says_what_it_is(client, staff, rows):
    lines = list(csv.reader(io.StringIO(body(client.get(URL))), delimiter=";"))
    assert lines[0] == ["Code", "Libellé", "Rang"]
    assert lines[2] == ["export-2", "Santé", "2"]
    assert lines[3] == ["# Thèmes"]
    assert "Ada" in lines[5][0]


def test_a_cell_is_never_a_formula(client, staff, rows):
    assert "'=1+1" in body(client.get(URL))
    book = load_workbook(io.BytesIO(client.get(URL + "?format=xlsx").content))
    cell = book.worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", "'=1+1")


@given(st.text(max_size=30))
def test_no_text_comes_out_as_a_formula(text):
    assert not str(exports.escape(text)).startswith(exports.FORMULA_STARTS)


def test_filters_apply_and_are_stated(client, staff, rows):
    text = body(client.get(URL + "?order=2"))
    assert "export-1" not in text and "order = 2" in text


def test_a_wrong_filter_is_named_and_nothing_is_exported(client, staff, rows):
    response = client.get(URL + "?order=x")
    assert response.status_code == 400
    assert "order" in response.content.decode()
    assert client.get(URL + "?format=exe").status_code == 400


def test_who_may_not_export_learns_nothing(client, rows):
    client.force_login(User.objects.create_user("agent@example.org"))
    assert client.get(URL).status_code == client.get("/exports/absent/").status_code == 404


def test_each_export_is_logged(client, staff, rows):
    from wagtail.models import ModelLogEntry

    client.get(URL)
    entry = ModelLogEntry.objects.get(action="cms.export")
    assert entry.data == {"export": "test-themes", "filters": {}, "rows": 2, "format": "csv"}


def test_a_long_one_is_made_by_the_worker_for_its_author_alone(
    client, staff, rows, monkeypatch, settings, tmp_path
):
    settings.PRIVATE_ROOT = tmp_path
    monkeypatch.setattr(exports, "MAX_INLINE", 1)
    assert client.get(URL).url == reverse("cms_exports")
    tasks.run_all()
    row = ExportFile.objects.get()
    assert (row.state, row.rows) == ("ready", 2)
    url = reverse("cms_export_file", args=[row.uuid])
    assert url in client.get(reverse("cms_exports")).content.decode()
    assert "Santé" in body(client.get(url))
    client.force_login(User.objects.create_user("other@example.org", is_staff=True))
    assert client.get(url).status_code == 404


def test_files_are_erased_after_seven_days(staff, rows, settings, tmp_path):
    import datetime as dt

    from django.utils import timezone

    settings.PRIVATE_ROOT = tmp_path
    row = ExportFile.objects.create(export="test-themes", format="xlsx", user=staff)
    exports.make_file.call(row.pk)
    assert len(list((tmp_path / "exports").iterdir())) == 1
    exports.purge(timezone.now() + dt.timedelta(days=8))
    assert not list((tmp_path / "exports").iterdir())
    assert not ExportFile.objects.exists()
