"""Uploaded files are what their name says; messages name what is wrong."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection
from wagtailmedia.forms import get_media_form

from accounts.models import User
from cms import pdf
from cms.models import SiteDocument, SiteImage, SiteMedia
from cms.uploads import check_document
from cms.webvtt import check_text


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64


def picture(kind="PNG", size=(40, 30)):
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, kind)
    return out.getvalue()


def archive(*names, first=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        if first:
            file.writestr("mimetype", first)
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


# -- Documents ------------------------------------------------------------------------------------

DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", first=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.docx", DOCX),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.odt", ODT),
        ("a.zip", archive("x")),
        ("a.csv", "Département;Maisons\nAin;3".encode("cp1252")),
        ("a.txt", "été".encode()),
    ],
)
def test_documents_of_each_format_are_accepted(name, content):
    check_document(upload(name, content))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", picture(), "content is that of a .png"),
        ("a.pdf", b"<html><script>", "not a valid .pdf"),
        ("a.docx", ODT, "a.docx"),
        ("a.docx", archive("[Content_Types].xml", "word/vbaProject.bin"), "macros"),
        ("a.odt", DOCX, "a.odt"),
        ("a.csv", PDF, "content is that of a .pdf"),
        ("a.txt", b"a\x00b", "not a valid .txt"),
        ("a.html", b"<p>", ".html"),
        ("a.svg", b"<svg>", ".svg"),
        ("a.exe", b"MZ", ".exe"),
        ("a", PDF, "not accepted"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_other_content_is_refused_and_said_why(name, content, said):
    with pytest.raises(ValidationError) as error:
        check_document(upload(name, content))
    assert said in error.value.messages[0]


def test_a_document_has_a_size_limit(settings):
    settings.DOCUMENT_MAX_SIZE = 10
    with pytest.raises(ValidationError, match="too big"):
        check_document(upload("a.pdf", PDF))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.sampled_from(["pdf", "docx", "odt", "zip", "csv"]))
def test_no_content_makes_the_check_crash(content, extension):
    for prefix in (b"", b"PK\x03\x04", PDF):
        try:
            check_document(upload(f"a.{extension}", prefix + content))
        except ValidationError as error:
            assert error.messages


# -- Forms of the admin ----------------------------------------------------------------------------


def form_errors(make, model, data, files):
    user = User.objects.create_superuser("root@example.org")
    collection = Collection.get_first_root_node()
    form = make(model)({"collection": collection.pk, **data}, files, user=user)
    return dict(form.errors)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"alt_decision": "described", "description": ""}, {"description"}),
        ({"alt_decision": "described", "description": "  "}, {"description"}),
        ({"alt_decision": "described", "description": "Une Maison"}, set()),
        ({"alt_decision": "decorative", "description": ""}, set()),
        ({"description": "Une Maison"}, {"alt_decision"}),
    ],
)
def test_a_picture_is_described_or_declared_decorative(data, wrong):
    files = {"file": upload("photo.png", picture())}
    errors = form_errors(get_image_form, SiteImage, {"title": "Photo", **data}, files)
    assert set(errors) == wrong


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.png", picture("JPEG")),
        ("a.png", b"not a picture"),
        ("a.png", picture()[:-600]),
        ("a.jpg", picture("JPEG")[:300]),
    ],
)
def test_a_picture_is_a_picture_to_its_end(name, content):
    # Making a PDF must not change what is accepted afterwards in the same process.
    with suppress(pdf.PdfUnavailable):
        pdf._weasyprint()
    data = {"title": "Photo", "alt_decision": "decorative"}
    assert set(form_errors(get_image_form, SiteImage, data, {"file": upload(name, content)})) == {
        "file"
    }


@pytest.mark.django_db
def test_documents_are_checked_in_their_form():
    errors = form_errors(
        get_document_form, SiteDocument, {"title": "x"}, {"file": upload("a.pdf", picture())}
    )
    assert set(errors) == {"file"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"file": ("a.mp4", MP4)}, set()),
        ({"file": ("a.mp4", PDF)}, {"file"}),
        ({"file": ("a.mp4", MP4), "captions": ("a.vtt", b"1\n00:00:01,000 --> x")}, {"captions"}),
        ({"file": ("a.mp4", MP4), "thumbnail": ("a.png", b"x")}, {"thumbnail"}),
    ],
)
def test_recordings_are_checked_in_their_form(files, wrong):
    user = User.objects.create_superuser("root@example.org")
    form = get_media_form(SiteMedia)(
        {"title": "x", "collection": Collection.get_first_root_node().pk, "duration": 0},
        {name: upload(*file) for name, file in files.items()},
        instance=SiteMedia(type="video"),
        user=user,
    )
    # A refused file is missing to the checks of the model, which say so too.
    assert set(form.errors) - {"__all__"} == wrong


# -- Captions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:03.000\nBonjour.",
        "WEBVTT - Visite\r\n\r\n1\r\n01:00:01.000 --> 01:00:03.500 align:start\r\nBonjour.\r\n",
    ],
)
def test_captions_that_players_show_are_accepted(text):
    check_text(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\n00:00:01,000 --> 00:00:03,000\nBonjour.", "WEBVTT"),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:03,000\nBonjour.", "Line 3"),
        ("WEBVTT\n\n00:03.000 --> 00:01.000\nBonjour.", "before the start"),
        ("WEBVTT\n\nBonjour.", "no text"),
    ],
)
def test_captions_that_they_would_not_are_refused(text, said):
    with pytest.raises(ValidationError) as error:
        check_text(text)
    assert said in error.value.messages[0]
