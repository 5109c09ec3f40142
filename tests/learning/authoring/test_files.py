"""A path in one file: what leaves comes back, and a hostile file changes nothing."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.factories import UserFactory
from accounts.models import User
from cms.factories import SiteDocumentFactory, SiteImageFactory
from cms.models import SiteDocument, SiteImage
from learning.authoring import archive, exporting, importing
from learning.authoring.building import MOST_UNITS, Report, read
from learning.factories import catalogue
from learning.models import LearningPath, LearningPathPage, PathImport, Unit, UnitPage
from learning.paths.factories import make_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    return UserFactory(is_superuser=True)


def page_of(path):
    return LearningPathPage.objects.get(translation_key=path.uuid)


def in_order(page):
    return list(UnitPage.objects.descendant_of(page).order_by("path"))


@pytest.fixture
def page(author):
    """A path with a picture, a document, a link inside, an order to follow."""
    page = page_of(
        make_path(
            {"title": "Lire"},
            {"title": "Trier", "required": False, "minutes": 6},
            {"title": "Rejoindre"},
            title="Accueillir",
        )
    )
    first, second, third = in_order(page)
    document = SiteDocumentFactory(title="Mémo")
    image = SiteImageFactory(title="Un guichet", credit="Atelier")
    link = f'<p>Voir <a linktype="page" id="{third.pk}">la suite</a>, <a linktype="document" id="{document.pk}">le mémo</a>.</p>'
    body = [
        {"type": "rich_text", "value": link},
        {
            "type": "image",
            "value": {
                "image": {"image": image.pk, "alt_text": "Un guichet", "decorative": False},
                "caption": "",
                "credit": "",
            },
        },
    ]
    stream = UnitPage._meta.get_field("content")
    first.content = stream.to_python([{"type": "text", "value": {"body": body}}])
    first.save()
    second.content = stream.to_python(
        [{"type": "document", "value": {"document": document.pk, "introduction": "<p>Lire.</p>"}}]
    )
    second.save()
    third.needs.set([first])
    third.save()
    return page


def exported(page) -> bytes:
    with exporting.export(page) as file:
        return file.read()


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("parcours.zip", content, "application/zip")


def packed(data, files=None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (files or {}).items():
            made.writestr(name, content)
        made.writestr("path.json", data if isinstance(data, str) else json.dumps(data))
    return target.getvalue()


def changed(content: bytes, change) -> bytes:
    """The same archive, its JSON changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        data = json.loads(held.read("path.json"))
        files = {name: held.read(name) for name in held.namelist() if name != "path.json"}
    change(data)
    return packed(data, files)


def everything():
    counted = (LearningPathPage, UnitPage, LearningPath, Unit, SiteImage, SiteDocument)
    return [model.objects.count() for model in counted]


def stage(content, author):
    return importing.stage(sent(content), by=author, catalogue=catalogue())


def test_a_path_comes_back_as_it_left_as_a_draft_of_its_own(page, author):
    row = stage(exported(page), author)
    assert (row.state, row.findings) == ("read", [])
    assert row.holds == {
        "chapters": 1,
        "units": 3,
        "files": 2,
        "minutes": 26,
        "languages": [],
    }
    copy = importing.write(row, by=author, catalogue=catalogue())
    assert (copy.title, copy.live) == ("Accueillir", False)
    assert copy.translation_key != page.translation_key
    before, after = in_order(page), in_order(copy)
    assert [u.title for u in after] == ["Lire", "Trier", "Rejoindre"]
    assert [(u.minutes, u.required, u.rule) for u in after] == [
        (u.minutes, u.required, u.rule) for u in before
    ]
    assert {u.translation_key for u in after}.isdisjoint({u.translation_key for u in before})
    assert list(after[2].needs.all()) == [after[0]]
    text, picture = after[0].content[0].value["body"]
    assert f'<a linktype="page" id="{after[2].pk}">' in text.value.source
    assert 'linktype="document"' in text.value.source
    assert picture.value["image"].credit == "Atelier"
    document = after[1].content[0].value["document"]
    original = before[1].content[0].value["document"]
    assert document.pk != original.pk
    assert document.file.read() == original.file.read()


def test_reading_a_file_writes_nothing_but_what_was_read(page, author):
    content = exported(page)
    before = everything()
    row = stage(content, author)
    assert everything() == before
    assert PathImport.objects.get() == row


def test_confirmed_twice_a_path_is_made_once(page, author):
    row = stage(exported(page), author)
    one = importing.write(row, by=author, catalogue=catalogue())
    count = everything()
    again = importing.write(PathImport.objects.get(pk=row.pk), by=author, catalogue=catalogue())
    assert (one.pk, everything()) == (again.pk, count)


def unknown_block(data):
    data["chapters"][0]["units"][1]["content"][0]["type"] = "miracle"


def missing_file(data):
    data["files"] = [each for each in data["files"] if each["kind"] != "documents"]


def wrong_hash(data):
    data["files"][0]["sha256"] = "0" * 64


def a_list_for_a_title(data):
    data["chapters"][0]["units"][0]["title"] = ["Lire"]


def too_long(data):
    data["chapters"][0]["units"][2]["minutes"] = 9_000


def no_unit(data):
    data["chapters"][0]["units"] = []


def strange_units(data):
    data["chapters"] = [None, 3, {"units": "x"}, {"title": "Seul", "units": [4]}]


def content_of_another_shape(data):
    data["chapters"][0]["units"][0]["content"] = {"type": "text"}


def a_bad_address(data):
    value = {"url": "javascript:alert(1)", "site": "x", "introduction": "<p>x</p>"}
    data["chapters"][0]["units"][0]["content"] = [{"type": "link", "value": value}]


def same_key(data):
    data["chapters"][0]["units"][1]["key"] = data["chapters"][0]["units"][0]["key"]


def a_unit_too_many(data):
    units = data["chapters"][0]["units"]
    data["chapters"] = [{**data["chapters"][0], "units": units}]
    units += [{**units[0], "key": f"k{n}"} for n in range(MOST_UNITS + 1 - len(units))]


FAULTS = (
    *(unknown_block, missing_file, wrong_hash, a_list_for_a_title, too_long),
    *(no_unit, strange_units, content_of_another_shape, a_bad_address, same_key, a_unit_too_many),
)


@pytest.mark.parametrize("change", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_named_with_its_place_and_nothing_is_written(page, author, change):
    content = changed(exported(page), change)
    before = everything()
    row = stage(content, author)
    assert row.state == "refused"
    assert all(each["place"] and each["text"] for each in row.findings)
    assert not row.file
    with pytest.raises(importing.Refused):
        importing.write(row, by=author, catalogue=catalogue())
    assert everything() == before


def entries(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return target.getvalue()


def bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("path.json", b"{}")
        made.writestr("files/1-bombe.pdf", b"\0" * 20_000_000)
    return target.getvalue()


def spoilt(method):
    """Its table of contents is whole, what is packed is not."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        made.writestr("path.json", json.dumps({"format": "maisons-path", "version": 1}))
    content = bytearray(target.getvalue())
    start = content.index(b"path.json") + len(b"path.json")
    content[start + 4 : start + 30] = b"\xff" * 26
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        spoilt(zipfile.ZIP_DEFLATED),
        spoilt(zipfile.ZIP_BZIP2),
        spoilt(zipfile.ZIP_LZMA),
        packed({"format": "maisons-path", "version": 1, "path": {"title": "\ud800"}}),
        packed({"format": "maisons-path", "version": 1, "chapters": [{"a\x00": []}]}),
        packed({"format": "maisons-path", "version": 1, "files": [["a\x0bb"]]}),
        b"PK\x03\x04 and then nothing",
        b"not a zip",
        entries("files/1-a.pdf"),
        entries("path.json", "../../etc/passwd"),
        entries("path.json", "/etc/passwd"),
        entries("path.json", "files/../x.pdf"),
        entries("path.json", "files\\x.pdf"),
        entries("path.json", *(f"files/{n}-a.pdf" for n in range(600))),
        bomb(),
        packed("{"),
        packed("[]"),
        packed('{"format": "maisons-path", "version": 99}'),
        packed('{"format": "maisons-path", "version": 1, "x": NaN}'),
        packed("[" * 100_000),
        packed('{"format": "other"}'),
        packed(b"\xff\xfe\x00{".decode("latin-1")),
    ],
)
def test_what_is_no_path_is_refused_in_words(author, content):
    with pytest.raises(archive.Unreadable) as refused:
        stage(content, author)
    assert all(refused.value.messages)
    assert not PathImport.objects.exists()


def test_scripts_and_foreign_marks_of_a_text_are_left_behind(page, author):
    def attack(data):
        data["chapters"][0]["units"][0]["content"] = [
            {
                "type": "text",
                "value": {
                    "body": [
                        {
                            "type": "rich_text",
                            "value": '<p onclick="x()">Bon<script>alert(1)</script><img src=x onerror=y>'
                            '<a href="javascript:z()">jour</a></p>',
                        }
                    ]
                },
            }
        ]

    row = stage(changed(exported(page), attack), author)
    copy = importing.write(row, by=author, catalogue=catalogue())
    source = in_order(copy)[0].content[0].value["body"][0].value.source
    assert "Bon" in source
    for word in ("script", "onclick", "onerror", "javascript", "<img"):
        assert word not in source


def test_what_another_site_has_not_is_left_out_and_said(page, author):
    def elsewhere(data):
        data["path"]["module"] = {"key": "x", "slug": "inconnu", "title": "Un module"}
        data["path"]["needs"] = [{"key": "y", "title": "Un parcours"}]
        data["chapters"][0]["units"][0]["parts"] = {"unknown": {}}

    row = stage(changed(exported(page), elsewhere), author)
    assert row.state == "read"
    assert {each["level"] for each in row.findings} == {"warning"}
    assert len(row.findings) == 3


@pytest.mark.parametrize(
    "data", [{}, {"path": 3}, {"path": {}, "chapters": {}}, {"path": {}, "chapters": [[]]}]
)
def test_data_of_any_shape_is_reported(data):
    report = Report()
    read(data, report)
    assert report.refused
