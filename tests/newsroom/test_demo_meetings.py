"""The demonstration of meetings, consultations and prize is true to its sources and says what it invented."""

import datetime as dt
import re
from pathlib import Path

import pypdf
import pytest

from cms.demo_content import read
from newsroom import demo_meetings
from newsroom.models import (
    AwardEditionPage,
    ConsultationPage,
    Contribution,
    Laureate,
    MeetingEditionPage,
    MeetingFigure,
    SessionProject,
    SessionSpeaker,
)

FOLDER = demo_meetings.FOLDER
FILES = sorted([*FOLDER.glob("meetings/*.yaml"), *FOLDER.glob("consultations/*.yaml")])
# As the first Bulletin writes them, in its list of "24" local projects: it names 23.
NAMED = """Cœur de Brenne, Touraine Sud, Etrépagny, La Hague, Riaillé, Durtal, Mauron-en-Brocéliande,
Saint-Symphorien, Créonnais, Bourg d’Oisans, La Palisse, Chamousset-en-Lyonnais, Monts-du-Forez,
Montagne Noire, les Pom’s, Puget Théniers, Queyras, Fayence, Bocage Champenois, Rambervilliers-Pays d’Epinal,
Vouziers, Chauffailles, Cluny"""
# Names that the official list of communes writes otherwise (docs/bulletin-sources-000.md).
OTHERWISE = {
    "rambervillierspaysdepinal": "rambervillersetlepaysdepinal",
    "bourgdoisans": "bourgdoisans",
}
demo = [pytest.mark.django_db, pytest.mark.demo]


def bare(name):
    """A name without accents, spaces and signs, to compare two ways of writing it."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    return re.sub(r"[^a-z]", "", plain)


class TestTour:
    pytestmark = demo

    @pytest.fixture
    def tour(self):
        return MeetingEditionPage.objects.get(slug="2015")

    def test_it_presents_every_project_that_the_bulletin_names(self, tour):
        shown = {bare(row.name) for row in SessionProject.objects.filter(session__edition=tour)}
        named = [bare(name) for name in NAMED.replace("\n", " ").split(",")]
        assert len(named) == 23
        assert [name for name in named if OTHERWISE.get(name, name) not in shown] == []

    def test_figures_that_disagree_keep_each_their_source_and_their_date(self, tour):
        rows = MeetingFigure.objects.filter(edition=tour)
        people = {row.value: row for row in rows if row.subject == "participants"}
        assert set(people) == {"745", "plus de 500"}
        assert "Bulletin" in people["745"].source
        assert "Vertone" in people["plus de 500"].source
        assert people["plus de 500"].date_text == "article non daté"
        assert {row.value for row in rows if row.subject.startswith("projets")} == {"24", "23"}
        assert all(row.source and (row.date or row.date_text) for row in rows)

    def test_it_names_the_two_cities_of_the_sources_and_no_other(self, tour):
        stops = {stop.commune.name: stop.day for stop in tour.stops.all()}
        assert stops == {"Tours": dt.date(2015, 7, 7), "Toulouse": None}

    def test_its_pages_lead_to_each_other(self, client, tour):
        html = client.get(tour.get_url()).content.decode()
        assert "/consultations/prospective-2015/" in html
        assert "/bulletin/edition-speciale-rencontres-2015/la-carte-des-projets/" in html


class TestWholeDemonstration:
    pytestmark = demo

    def test_the_national_meetings_say_that_their_date_is_not_known(self, client):
        page = MeetingEditionPage.objects.get(starts_on=None)
        assert page.display_date is None
        assert "Date non précisée" in client.get(page.get_url()).content.decode()

    def test_the_foresight_workshops_have_their_four_scenarios(self):
        page = ConsultationPage.objects.get(slug="prospective-2015")
        assert page.scenarios.count() == 4
        assert {row.value for row in page.figures.all()} == {"9", "plus de 160", "4"}

    def test_the_roadmap_keeps_both_numbers_of_maisons(self):
        page = ConsultationPage.objects.get(slug="feuille-de-route-2017")
        assert {"614", "563"} <= {row.value for row in page.figures.all()}

    def test_what_takes_contributions_or_names_laureates_is_marked_as_made_up(self, client):
        for page in ConsultationPage.objects.filter(takes_contributions=True):
            assert page.is_fictitious
        assert not Contribution.objects.exclude(consultation__is_fictitious=True).exists()
        assert not Laureate.objects.exclude(category__edition__is_fictitious=True).exists()
        for page in [
            *AwardEditionPage.objects.all(),
            *ConsultationPage.objects.filter(slug="le-samedi-matin"),
        ]:
            assert "inventé" in client.get(page.get_url()).content.decode()

    def test_the_open_consultation_shows_what_was_accepted_and_keeps_the_rest(self, client):
        page = ConsultationPage.objects.get(slug="le-samedi-matin")
        assert page.is_open
        html = client.get(page.get_url()).content.decode()
        assert "Une garde, comme les pharmacies" in html
        assert "Ouvrir pendant le marché" not in html

    def test_loading_again_adds_nothing_and_changes_nothing(self):
        page = MeetingEditionPage.objects.get(slug="2015")
        MeetingEditionPage.objects.filter(pk=page.pk).update(title="Changé")
        before = SessionSpeaker.objects.count(), Contribution.objects.count()
        demo_meetings.Loader().run()
        assert (SessionSpeaker.objects.count(), Contribution.objects.count()) == before
        assert MeetingEditionPage.objects.get(pk=page.pk).title == "Changé"


def texts(value):
    """Every text of a file, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nobody_gets_words_that_they_did_not_say(path):
    for meeting in read(path).get("editions", ()):
        for session in meeting["sessions"]:
            for speaker in session.get("speakers") or ():
                assert "«" not in speaker.get("view", ""), speaker
                assert '"' not in speaker.get("view", ""), speaker


# What has only one name: posts, bodies, the seven operators.
NAMES = (
    "vice présidente du conseil départemental du finistère",
    "vice présidente du conseil régional de nouvelle aquitaine",
    "de la ruralité de la vie associative et de la citoyenneté",
    "générale de l agence nouvelle des solidarités actives",
    "de la communauté de communes",
    "du syndicat mixte du pays d albret",
    "général de l assemblée des communautés de france",
    "bureau de la prospective et des études",
    "commissariat général à l égalité des territoires",
    "pôle emploi la cnaf la cnamts la ccmsa la cnav grdf et la poste",
)


@pytest.mark.parametrize("path", [*FILES, FOLDER / "grand-prix.yaml"], ids=lambda path: path.stem)
def test_no_sentence_is_copied_from_the_sources(path, shared_dir):
    files = Path(shared_dir, "seeds").glob("*.txt")
    known = runs(" ".join(file.read_text(encoding="utf-8") for file in files))
    assert {run for text in texts(read(path)) for run in runs(text)} & known == set()


def runs(text, size=8):
    """Every run of eight words, names aside."""
    plain = re.sub(r"<[^>]+>|-\s*\n", "", text.lower())
    words = " ".join(re.findall(r"[^\W_]+", plain))
    for number, name in enumerate(NAMES):
        words = words.replace(name, f"nom{number}")
    found = words.split()
    return {" ".join(found[start : start + size]) for start in range(len(found) - size + 1)}


# The rules of `tests/bulletin/test_demo_content.py`, for these files.
TYPOGRAPHY = {
    "the apostrophe is ’": r"['´`]",
    "quotation marks are « »": r"[“”]",
    "U+202F stands before ; ! ?": r"(?<!\u202f)[;!?]",
    "U+00A0 stands before a colon": r"(?<!\u00a0)(?<!\d):|\d:(?!\d)",
    "U+00A0 stands inside « »": r"«(?!\u00a0)|(?<!\u00a0)»",
    "U+202F separates thousands": r"\d[ \u00a0]\d{3}(?!\d)",
    "a figure is tied to its unit": r"\d ?[%€]|\d (?:h|km|millions?|euros?)\b",
    "the first of a month is 1er": r"\b1[ \u00a0](?:février|avril|août)",
    "one space is enough": r" {2,}",
}


@pytest.mark.parametrize("rule", TYPOGRAPHY)
def test_french_typography(rule):
    wrong = [
        text
        for path in [*FILES, FOLDER / "grand-prix.yaml"]
        for text in texts(read(path))
        if re.search(TYPOGRAPHY[rule], re.sub(r"<[^>]+>", "", text))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["tournee-2015-synthese", "rencontres-nationales-synthese"])
def test_the_pdf_reports_say_what_their_pages_say(name):
    """They are made by scripts/build_meeting_reports.py from the same files."""
    edition = next(
        one
        for path in FILES
        for one in read(path).get("editions", ())
        if any(report.get("file") == f"{name}.pdf" for report in one["reports"])
    )
    reader = pypdf.PdfReader(FOLDER / "files" / f"{name}.pdf")
    text = bare(" ".join(page.extract_text() for page in reader.pages))
    for session in edition["sessions"]:
        assert bare(session["title"]) in text
        assert bare(session.get("takeaway", "")) in text
    for figure in edition["figures"]:
        assert bare(figure["source"]) in text
