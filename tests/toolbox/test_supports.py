"""Supports that members make their own: pre-filled, seen, printed as PDF/UA-1, kept nowhere."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.factories import UserFactory
from maisons.factories import MaisonFactory, MembershipFactory
from tests.support.documents import assert_pdf_ua
from toolbox import supports

pytestmark = pytest.mark.django_db
ADDRESS = "/boite-a-outils/supports/"
MILLIMETRES = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210)}
FULL = {
    "affiche": {},
    "depliant": {
        "services": "\n".join(["Un service assez long pour remplir toute la ligne, ici"] * 6)
    },
    "horaires": {},
    "rendez-vous": {
        "title": "Atelier : préparer sa retraite sans se perdre en route",
        "when": "mardi 4 octobre, de 14 h à 16 h 30, puis le mardi suivant",
        "text": "Une conseillère répond à vos questions. " * 6,
    },
}


@pytest.fixture
def maison():
    return MaisonFactory(
        name="Maison de Lacaune",
        address="Place du Général-de-Gaulle",
        postcode="81230",
        phone="0563371234",
        opening_hours="Mo-Fr 09:00-12:00,14:00-17:30; We 09:00-12:00",
    )


@pytest.fixture
def member(client, maison):
    user = UserFactory()
    MembershipFactory(user=user, maison=maison)
    client.force_login(user)
    return user


def filled(slug: str, fmt: str, **changes: str) -> dict[str, str]:
    """A form as full as it may be, so that what overflows would show."""
    week = {f"day_{day.lower()}": "9 h 30 – 12 h 30, 13 h 30 – 18 h 30" for day in supports.DAYS}
    return {
        "action": "pdf",
        "format": fmt,
        "name": "Maison de services au public du Pays de Sainte-Marie-aux-Mines (68)",
        "address": "Bâtiment des Associations, premier étage\n12 rue du Général-de-Gaulle\n68160 Sainte-Marie-aux-Mines",
        "phone": "+590 590 12 34 56",
        **(week if issubclass(supports.BY_SLUG[slug].form, supports.WeekForm) else {}),
        **FULL[slug],
        **changes,
    }


def lowest_text(page) -> float:
    """The height of the lowest line above the foot of a sheet, in points."""
    heights = []

    def visit(text, cm, tm, *_font):
        if text.strip() and not text.strip().startswith(
            ("Nous vous", "Maison de services au public")
        ):
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=visit)
    return min(heights)


EVERY = [(s.slug, fmt) for s in supports.SUPPORTS for fmt in s.formats]


def test_there_are_three_supports_at_least():
    assert len(supports.SUPPORTS) >= 3


def test_they_are_for_members(client):
    for path in ("", "affiche/"):
        response = client.get(f"{ADDRESS}{path}")
        assert response.status_code == 302
        assert "/compte/connexion/" in response["Location"]


@pytest.mark.parametrize("support", supports.SUPPORTS, ids=lambda s: s.slug)
def test_the_form_starts_with_what_the_site_knows_of_the_maison(client, member, support):
    html = client.get(f"{ADDRESS}{support.slug}/").content.decode()
    for text in ("Maison de Lacaune", "Place du Général-de-Gaulle", "05 63 37 12 34"):
        assert text in html, text
    if issubclass(support.form, supports.WeekForm):
        assert "9\xa0h – 12\xa0h, 14\xa0h – 17\xa0h\xa030" in html
        assert "fermé" in html


def test_one_s_other_maison_fills_it_when_chosen_and_nobody_else_s_does(client, member):
    other = MaisonFactory(name="Maison de Brassac")
    stranger = MaisonFactory(name="Maison d’ailleurs")
    MembershipFactory(user=member, maison=other)
    assert (
        'value="Maison de Brassac"'
        in client.get(f"{ADDRESS}affiche/?maison={other.slug}").content.decode()
    )
    refused = client.get(f"{ADDRESS}affiche/?maison={stranger.slug}").content.decode()
    assert "Maison d’ailleurs" not in refused
    assert 'value="Maison de Lacaune"' in refused
    assert "ne fait pas partie des vôtres" in refused


def test_whoever_has_no_maison_fills_it_in(client):
    client.force_login(UserFactory())
    response = client.get(f"{ADDRESS}affiche/")
    assert response.status_code == 200
    assert "n’appartenez à aucune Maison" in response.content.decode()


def test_the_hours_of_the_door_are_asked_for(client, member):
    data = {**filled("horaires", "a4"), **{f"day_{day.lower()}": "" for day in supports.DAYS}}
    html = client.post(f"{ADDRESS}horaires/", data).content.decode()
    assert "au moins un jour" in html


def test_each_support_is_shown_with_the_data_of_one_s_maison(client, member):
    html = client.get(ADDRESS).content.decode()
    assert html.count("Maison de Lacaune") >= len(supports.SUPPORTS)


def test_the_preview_shows_what_was_typed(client, member):
    data = filled("affiche", "a4", action="preview", name="Maison d’essai")
    html = client.post(f"{ADDRESS}affiche/", data).content.decode()
    assert "support--a4" in html
    assert html.count("Maison d’essai") >= 2


def test_what_is_typed_never_becomes_html(client, member):
    data = filled("affiche", "a4", action="preview", name='<b>&"</b><script>')
    assert (
        "<script>" not in client.post(f"{ADDRESS}affiche/", data).content.decode().split("<main")[1]
    )


@pytest.mark.pdf
@pytest.mark.parametrize(("slug", "fmt"), EVERY)
def test_each_sheet_is_one_accessible_page_of_its_format_with_all_that_was_typed(
    client, member, slug, fmt
):
    data = filled(slug, fmt)
    response = client.post(f"{ADDRESS}{slug}/", data)
    assert response["Content-Type"] == "application/pdf", response.content[-2000:]
    assert "no-store" in response["Cache-Control"]
    reader = PdfReader(BytesIO(response.content))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    size = tuple(round(float(side) / 72 * 25.4) for side in (box.width, box.height))
    assert size == MILLIMETRES[fmt]
    text = " ".join(reader.pages[0].extract_text().split())
    for value in data.values():
        if value not in {"pdf", fmt}:
            for line in value.splitlines():
                assert " ".join(line.split())[:18] in text, line
    # Above the band or the picture at the foot of the sheet.
    assert lowest_text(reader.pages[0]) > (0.17 if slug == "horaires" else 0.09) * float(box.height)


@pytest.mark.pdf
def test_each_sheet_is_pdf_ua_for_another_library(client, member, tmp_path):
    answers = [
        client.post(f"{ADDRESS}{one.slug}/", filled(one.slug, one.formats[0]))
        for one in supports.SUPPORTS
    ]
    assert_pdf_ua((answer.content for answer in answers), tmp_path)


@pytest.mark.pdf
def test_nothing_that_was_typed_is_written_anywhere(client, member):
    client.get(f"{ADDRESS}affiche/")  # the session
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.post(f"{ADDRESS}affiche/", filled("affiche", "a4"))
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("address", "un\ndeux\ntrois\nquatre", "Trois lignes au plus"),
        ("name", "Maison 🎉", "Ces caractères ne peuvent pas être imprimés\xa0: 🎉"),
        ("format", "a1", "a1"),
        ("name", "x" * 71, "70"),
    ],
)
def test_what_would_not_fit_is_said_and_no_pdf_is_made(client, member, field, value, message):
    response = client.post(f"{ADDRESS}affiche/", filled("affiche", "a4", **{field: value}))
    assert response["Content-Type"].startswith("text/html")
    assert message in response.content.decode()


@pytest.mark.pdf
def test_pdfs_are_rationed(client, member, monkeypatch):
    monkeypatch.setattr("toolbox.views.RATE", "2/m/user")
    answers = [
        client.post(f"{ADDRESS}affiche/", filled("affiche", "a4")).status_code for _ in range(3)
    ]
    assert answers == [200, 200, 429]


def test_where_pdfs_cannot_be_made_a_page_says_so(client, member, monkeypatch):
    from cms import pdf

    def broken(*_args, **_kwargs):
        raise pdf.PdfUnavailable("no Pango")

    monkeypatch.setattr("toolbox.views.pdf.make", broken)
    response = client.post(f"{ADDRESS}affiche/", filled("affiche", "a4"))
    assert response.status_code == 503


def test_a_page_of_support_stays_within_its_budget(client, member, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get(f"{ADDRESS}affiche/")
