"""The base of all PDF files: accessible, self-contained, made outside of transactions."""

import logging
import sys
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import RequestFactory
from pypdf import PdfReader

from accounts.factories import UserFactory
from cms import pdf
from cms.factories import SiteImageFactory, StandardPageFactory
from tests.support.documents import assert_pdf_ua

SAMPLE = "styleguide/pdf_sample.html"


def sample(**context) -> bytes:
    return pdf.make(SAMPLE, {"title": "Un document", **context}, language="fr")


@pytest.fixture(scope="module")
def content() -> bytes:
    return sample(description="Ce qu’il contient", text="La fin.")


@pytest.fixture
def reader(content) -> PdfReader:
    return PdfReader(BytesIO(content))


@pytest.mark.pdf
def test_is_pdf_ua_for_a_validator_of_another_library(content, tmp_path):
    assert_pdf_ua(content, tmp_path)


@pytest.mark.pdf
def test_says_its_title_language_author_and_subject(reader):
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == "Un document"
    assert reader.metadata.author == "Maisons de services au public"
    assert reader.metadata.subject == "Ce qu’il contient"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.pdf
def test_is_tagged(reader):
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.pdf
def test_numbers_each_page(reader):
    feet = [page.extract_text().splitlines()[-1] for page in reader.pages]
    assert feet == ["1 / 2", "2 / 2"]


@pytest.mark.pdf
def test_holds_our_fonts_and_no_other(reader):
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("Atkinson" in name for name in fonts)


@pytest.mark.pdf
@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/pixel.png",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "data:image/svg+xml,<svg/>",
        "http://localhost:8000/healthz",
        "http://localhost:8000/static/../../manage.py",
        "http://localhost:8000/static/%2e%2e/%2e%2e/manage.py",
        "http://localhost:8000/medias/images/x/y/z",
    ],
)
def test_reads_nothing_but_static_and_uploaded_files(url):
    with pytest.raises(pdf.Refused):
        pdf.Files().open(url)


@pytest.mark.pdf
def test_a_refused_picture_is_left_out_and_told(caplog, settings):
    with caplog.at_level(logging.WARNING, "cms.pdf"):
        content = sample(picture="https://example.org/suivi.png")
    assert "https://example.org/suivi.png" in caplog.text
    assert len(PdfReader(BytesIO(content)).pages) == 2


@pytest.mark.django_db
def test_an_uploaded_picture_is_read_only_for_those_who_may_see_it():
    image = SiteImageFactory()
    url = f"http://localhost:8000{image.get_rendition('width-100').url}"
    with pytest.raises(pdf.Refused):
        pdf.Files(AnonymousUser()).open(url)
    assert pdf.Files(UserFactory(is_superuser=True)).open(url).read(4)
    StandardPageFactory(listing_image=image)
    assert pdf.Files().open(url).read(4)


@pytest.mark.django_db(transaction=True)
def test_is_never_made_in_a_transaction():
    with transaction.atomic(), pytest.raises(pdf.MadeInTransaction):
        sample()


def test_where_pango_is_missing_one_line_says_it_and_the_rest_works(monkeypatch, caplog):
    class Broken:
        def find_spec(self, name, *_args):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with caplog.at_level(logging.ERROR, "cms.pdf"), pytest.raises(pdf.PdfUnavailable):
        pdf.make(SAMPLE, {"title": "Un document"})
    assert [record.getMessage().count("\n") for record in caplog.records] == [0]
    assert "scripts/system-deps" in caplog.text


@pytest.mark.django_db
def test_the_page_in_place_of_a_pdf_says_what_happens(rf: RequestFactory):
    request = rf.get("/")
    request.user = AnonymousUser()
    response = pdf.unavailable(request)
    assert response.status_code == 503
    assert "PDF" in response.content.decode()


def test_a_pdf_made_for_somebody_is_kept_by_nobody():
    response = pdf.respond(b"%PDF", "Été.pdf")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment; filename*=")


def test_names_the_characters_that_our_font_cannot_draw():
    assert pdf.unprintable("Maison d’Œuvre – 12 345 € à l’été\n") == ""
    assert pdf.unprintable("Fête 🎉 à 家 🎉") == "🎉家"
