"""Members of a Maison write their sheets on the site: drafts, versions, review, updates."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import moderation
from accounts.factories import UserFactory
from accounts.models import Notification
from accounts.roles import Scope
from cms import registry
from cms.factories import SiteImageFactory, ThemeFactory
from cms.models import BinEntry, SiteDocument, SiteImage
from initiatives import adopting, contributing, factories
from initiatives.models import Adoption, ProjectSheetPage
from maisons.factories import HostOrganisationFactory, MaisonFactory, MembershipFactory
from maisons.services import end_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def maison():
    factories.initiatives_index()
    return MaisonFactory(name="Maison d’Ayen")


@pytest.fixture
def agent(maison):
    return MembershipFactory(maison=maison, user=UserFactory(first_name="Noé")).user


@pytest.fixture
def colleague(maison):
    return MembershipFactory(
        maison=maison, role="manager", user=UserFactory(first_name="Lou", last_name="Martin")
    ).user


@pytest.fixture
def editor():
    return UserFactory(role="editor")


@pytest.fixture
def draft(agent, maison):
    return contributing.start(agent, maison, "La route partagée")


def url(name, sheet):
    return reverse(f"initiatives:{name}", args=[sheet.translation_key])


def fresh(sheet):
    return ProjectSheetPage.objects.get(pk=sheet.pk)


def form_data(client, sheet, **changes):
    """What the form holds when it is opened, with some fields changed."""
    context = client.get(url("edit", sheet)).context
    data = {}
    for form in (context["form"], context["upload"]):
        for field in form:
            data[field.html_name] = field.value()
    for formset in context["formsets"].values():
        for form in (formset.management_form, *formset):
            for field in form:
                data[field.html_name] = field.value()
    held = {name: value for name, value in data.items() if value not in (None, "", [])}
    return held | changes


def complete(**changes):
    theme, audience = ThemeFactory(), factories.AudienceFactory()
    return {
        "summary": "Un covoiturage.",
        "objectives": "Se déplacer.",
        "actions": "Mettre en relation.",
        "state": "running",
        "themes": [theme.pk],
        "audiences": [audience.pk],
        **changes,
    }


# -- Drafts ---------------------------------------------------------------------------------------
def test_a_title_is_enough_to_begin(client, agent, maison):
    client.force_login(agent)
    response = client.post(reverse("initiatives:start"), {"title": "La route", "maison": maison.pk})
    sheet = ProjectSheetPage.objects.get(title="La route")
    assert response.url == url("edit", sheet)
    assert not sheet.live and sheet.contributed_by == maison
    assert list(sheet.maisons.all()) == [maison]
    assert list(sheet.departments.all()) == [maison.department]


def test_nobody_writes_in_the_name_of_another_maison(client, agent):
    other = MaisonFactory()
    client.force_login(agent)
    response = client.post(reverse("initiatives:start"), {"title": "X", "maison": other.pk})
    assert response.status_code == 200 and response.context["form"].errors
    with pytest.raises(PermissionDenied):
        contributing.start(agent, other, "X")


def test_an_incomplete_draft_is_kept_whole(client, agent, draft):
    client.force_login(agent)
    data = form_data(
        client,
        draft,
        summary="Un début",
        another_maison="",
        **{
            "figures-0-value": "60",
            "figures-0-label": "inscrits",
            "contacts-0-organisation": "Mairie",
            "start_month": "4",
            "start_year": "2014",
        },
    )
    response = client.post(url("edit", draft), data)
    assert response.status_code == 302, response.context["form"].errors
    kept = contributing.working_copy(fresh(draft))
    assert (kept.summary, kept.start_month, kept.start_year) == ("Un début", 4, 2014)
    assert [block.value["value"] for block in kept.figures] == ["60"]
    again = client.get(url("edit", draft)).context
    assert again["formsets"]["figures"].initial_forms[0]["label"].value() == "inscrits"
    names = dict(again["missing"])
    assert {"objectives", "themes", "figures", "contacts"} <= names.keys()


def test_what_cannot_be_read_is_said_and_the_text_stays(client, agent, draft):
    client.force_login(agent)
    data = form_data(client, draft, summary="Gardé", start_month="4", cost="abc")
    response = client.post(url("edit", draft), data)
    errors = response.context["form"].errors
    assert {"cost", "start_year"} <= errors.keys()
    assert "Gardé" in response.content.decode()
    assert contributing.working_copy(fresh(draft)).summary == ""


def test_another_maison_is_found_by_its_name_and_brings_its_department(client, agent, draft):
    from maisons.factories import CommuneFactory, DepartmentFactory

    correze = DepartmentFactory(code="19", name="Corrèze")
    other = MaisonFactory(
        name="Maison de Brive", commune=CommuneFactory(code="19031", department=correze)
    )
    client.force_login(agent)
    client.post(url("edit", draft), form_data(client, draft, another_maison="brive"))
    kept = contributing.working_copy(fresh(draft))
    assert other in kept.maisons.all() and correze in kept.departments.all()
    wrong = client.post(url("edit", draft), form_data(client, draft, another_maison="zzz"))
    assert "another_maison" in wrong.context["form"].errors


def test_until_it_is_public_its_address_follows_its_title(client, agent, draft):
    client.force_login(agent)
    client.post(url("edit", draft), form_data(client, draft, title="Le vélo partagé"))
    assert fresh(draft).slug == "le-velo-partage"
    other = contributing.start(agent, fresh(draft).contributed_by, "Le vélo partagé")
    assert other.slug == "le-velo-partage-2"


def test_the_preview_is_the_page_itself(client, agent, draft):
    client.force_login(agent)
    client.post(url("edit", draft), form_data(client, draft, objectives="- Rouler\n- Parler"))
    html = client.get(url("preview", draft)).content.decode()
    assert "<li>Rouler</li><li>Parler</li>" in html and "Aperçu" in html
    assert "initiatives/sheet_page.html" in [
        template.name for template in client.get(url("preview", draft)).templates
    ]


# -- Two people -----------------------------------------------------------------------------------
def test_two_people_of_a_maison_never_overwrite_each_other(client, agent, colleague, draft):
    client.force_login(colleague)
    theirs = form_data(client, draft, summary="De Lou")
    client.force_login(agent)
    mine = form_data(client, draft, summary="De Noé")
    client.force_login(colleague)
    assert client.post(url("edit", draft), theirs).status_code == 302
    client.force_login(agent)
    response = client.post(url("edit", draft), mine)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Lou Martin" in html and "De Lou" in html and "De Noé" in html
    assert contributing.working_copy(fresh(draft)).summary == "De Lou"
    # Saved again, knowingly, theirs stays in the history.
    again = mine | {"version": response.context["form"]["version"].value()}
    assert client.post(url("edit", draft), again).status_code == 302
    assert contributing.working_copy(fresh(draft)).summary == "De Noé"


def test_the_version_does_not_tell_a_number(draft):
    assert str(draft.latest_revision_id) not in contributing.version_of(draft)[:4]
    assert len(contributing.version_of(draft)) == 20


# -- Review ---------------------------------------------------------------------------------------
def proposed(client, agent, draft, **changes):
    client.force_login(agent)
    data = form_data(client, draft, **complete(**changes), action="propose")
    response = client.post(url("edit", draft), data)
    assert response.status_code == 302, response.context["form"].errors
    return fresh(draft)


def approve(sheet, editor, comment=""):
    fresh(sheet).current_workflow_task_state.approve(user=editor, comment=comment)


def test_what_is_missing_keeps_a_sheet_from_being_proposed(client, agent, draft):
    client.force_login(agent)
    data = form_data(client, draft, action="propose")
    response = client.post(url("edit", draft), data, follow=True)
    assert "Il reste à écrire" in response.content.decode()
    assert moderation.status(fresh(draft)).state == moderation.DRAFT


def test_a_proposed_sheet_is_public_once_approved(client, agent, editor, draft):
    sheet = proposed(client, agent, draft)
    assert moderation.status(sheet).state == moderation.SUBMITTED
    assert Notification.objects.filter(user=editor, kind="moderation.submitted").exists()
    assert client.get(f"/initiatives/{sheet.slug}/").status_code == 404
    approve(sheet, editor)
    assert client.get(f"/initiatives/{sheet.slug}/").status_code == 200
    told = Notification.objects.get(user=agent, kind="moderation.approved")
    assert told.url == url("edit", sheet)


def test_the_comment_of_a_refusal_comes_back_on_the_same_screen(
    client, agent, colleague, editor, draft
):
    sheet = proposed(client, agent, draft)
    sheet.current_workflow_task_state.reject(user=editor, comment="Il manque le budget.")
    html = client.get(url("edit", sheet)).content.decode()
    assert "Il manque le budget." in html and "À modifier" in html
    # The whole team of the Maison is told.
    assert Notification.objects.filter(user=colleague, kind="moderation.refused").exists()
    again = proposed(client, agent, sheet)
    assert moderation.status(again).state == moderation.SUBMITTED


def test_while_it_is_reviewed_it_is_taken_back_before_it_is_changed(client, agent, editor, draft):
    sheet = proposed(client, agent, draft)
    assert "form" not in client.get(url("edit", sheet)).context
    client.post(url("edit", sheet), {"summary": "Glissé", "action": "save"})
    assert contributing.working_copy(fresh(sheet)).summary == "Un covoiturage."
    with pytest.raises(ValidationError):
        copy = contributing.working_copy(sheet)
        contributing.save(copy, contributing.version_of(sheet), agent)
    client.post(url("edit", sheet), {"action": "take_back"})
    assert moderation.status(fresh(sheet)).state == moderation.DRAFT
    assert client.get(url("edit", sheet)).context["form"]


def test_an_update_is_reviewed_and_the_public_page_stays_until_then(client, agent, editor, draft):
    sheet = proposed(client, agent, draft)
    approve(sheet, editor)
    sheet = proposed(client, agent, fresh(sheet), summary="Nouveau résumé.")
    page = client.get(f"/initiatives/{sheet.slug}/").content.decode()
    assert "Un covoiturage." in page and "Nouveau résumé." not in page
    approve(sheet, editor)
    assert "Nouveau résumé." in client.get(f"/initiatives/{sheet.slug}/").content.decode()


def test_a_title_that_changes_does_not_move_a_public_page(client, agent, editor, draft):
    sheet = proposed(client, agent, draft)
    approve(sheet, editor)
    slug = fresh(sheet).slug
    sheet = proposed(client, agent, fresh(sheet), title="Un autre nom")
    approve(sheet, editor)
    assert fresh(sheet).slug == slug and fresh(sheet).title == "Un autre nom"


# -- Who ------------------------------------------------------------------------------------------
def test_a_sheet_is_open_to_its_maison_alone(client, draft):
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    client.force_login(stranger)
    for name in ("edit", "preview", "discard"):
        assert client.get(url(name, draft)).status_code == 404, name
    assert "La route" not in client.get(reverse("initiatives:mine")).content.decode()


def test_whoever_leaves_the_maison_writes_no_more(client, agent, draft):
    client.force_login(agent)
    assert client.get(url("edit", draft)).status_code == 200
    end_membership(agent.memberships.get())
    assert client.get(url("edit", draft)).status_code == 404


def test_managers_of_the_host_organisation_write_for_its_maisons(client, maison, draft):
    host = HostOrganisationFactory(slug="cc")
    maison.host_organisation = host
    maison.save()
    client.force_login(UserFactory(role="host-manager", scope=Scope("host-organisation", "cc")))
    assert client.get(url("edit", draft)).status_code == 200


def test_a_draft_that_was_never_public_goes_to_the_bin(client, agent, editor, draft):
    client.force_login(agent)
    client.post(url("discard", draft))
    assert BinEntry.objects.filter(object_id=str(draft.pk)).exists()
    assert client.get(url("edit", draft)).status_code == 404
    other = contributing.start(agent, agent.memberships.get().maison, "Autre")
    other = proposed(client, agent, other)
    approve(other, editor)
    assert client.get(url("discard", other)).status_code == 404


# -- Pictures and files ---------------------------------------------------------------------------
def picture():
    image = SiteImageFactory.build(title="x")
    image.file.open()
    return SimpleUploadedFile("photo.jpg", image.file.read(), "image/jpeg")


def test_a_picture_is_described_and_stands_first(client, agent, draft):
    client.force_login(agent)
    data = form_data(client, draft) | {"picture": picture()}
    response = client.post(url("edit", draft), data)
    assert "picture_alt" in response.context["upload"].errors
    data = form_data(client, draft, picture_alt="Une voiture partagée") | {"picture": picture()}
    assert client.post(url("edit", draft), data).status_code == 302
    kept = contributing.working_copy(fresh(draft))
    image = SiteImage.objects.get(description="Une voiture partagée")
    assert kept.listing_image == image
    assert [block.value["image"].pk for block in kept.pictures] == [image.pk]
    assert image.uploaded_by_user == agent


def test_files_are_what_they_say(client, agent, draft):
    client.force_login(agent)
    bad = SimpleUploadedFile("tract.pdf", b"MZ not a pdf", "application/pdf")
    data = form_data(client, draft, document_title="Tract") | {"document": bad}
    response = client.post(url("edit", draft), data)
    assert "document" in response.context["upload"].errors
    fake = SimpleUploadedFile("photo.jpg", b"GIF89a nothing", "image/jpeg")
    response = client.post(
        url("edit", draft), form_data(client, draft, picture_alt="X") | {"picture": fake}
    )
    assert "picture" in response.context["upload"].errors
    assert not SiteDocument.objects.exists() and not SiteImage.objects.exists()


def test_colleagues_see_a_file_before_it_is_public_and_strangers_do_not(
    client, agent, colleague, draft
):
    client.force_login(agent)
    good = SimpleUploadedFile("notes.txt", b"Une page de notes.", "text/plain")
    data = form_data(client, draft, document_title="Notes") | {"document": good}
    client.post(url("edit", draft), data)
    address = SiteDocument.objects.get(title="Notes").url
    for user, status in ((colleague, 200), (UserFactory(), 404)):
        client.force_login(user)
        assert client.get(address).status_code == status
    client.logout()
    assert client.get(address).status_code == 404


def test_a_picture_and_a_document_are_taken_out(client, agent, draft):
    client.force_login(agent)
    data = form_data(client, draft, picture_alt="Une route") | {"picture": picture()}
    client.post(url("edit", draft), data)
    image = SiteImage.objects.get(description="Une route")
    client.post(url("edit", draft), form_data(client, draft) | {f"out-{image.uuid}": "on"})
    kept = contributing.working_copy(fresh(draft))
    assert not kept.pictures and kept.listing_image is None


def test_a_file_of_a_version_that_cannot_be_kept_is_taken_back(client, agent, colleague, draft):
    client.force_login(agent)
    stale = form_data(client, draft, picture_alt="Perdue")
    client.force_login(colleague)
    client.post(url("edit", draft), form_data(client, draft, summary="Entre-temps"))
    client.force_login(agent)
    assert client.post(url("edit", draft), stale | {"picture": picture()}).status_code == 200
    assert not SiteImage.objects.exists()


# -- We did it too --------------------------------------------------------------------------------
@pytest.fixture
def public_sheet():
    return factories.sheet("Écosyst’m")


def test_a_maison_says_that_it_did_it_too_and_shows_once_accepted(
    client, agent, editor, maison, public_sheet
):
    client.force_login(agent)
    data = {"maison": maison.pk, "year": "2016", "note": "Sans la monnaie."}
    client.post(url("adopt", public_sheet), data)
    row = Adoption.objects.get()
    assert "Maison d’Ayen" not in client.get(public_sheet.get_url()).content.decode()
    assert Notification.objects.filter(user=editor, kind="initiatives.adoption_declared").exists()
    client.force_login(editor)
    decision = {"decision": "accepted", "comment": ""}
    client.post(reverse("initiatives_adoption", args=[row.uuid]), decision)
    html = client.get(public_sheet.get_url()).content.decode()
    assert "Maison d’Ayen" in html and "Sans la monnaie." in html and "depuis 2016" in html
    assert Notification.objects.filter(user=agent, kind="initiatives.adoption_accepted").exists()


def test_a_refusal_says_why(client, agent, editor, maison, public_sheet):
    row = adopting.declare(public_sheet, maison, agent)
    client.force_login(editor)
    address = reverse("initiatives_adoption", args=[row.uuid])
    response = client.post(address, {"decision": "refused", "comment": ""})
    assert response.context["form"].errors
    client.post(address, {"decision": "refused", "comment": "C’est une autre action."})
    told = Notification.objects.get(user=agent, kind="initiatives.adoption_refused")
    assert told.text == "C’est une autre action."
    client.force_login(agent)
    assert "C’est une autre action." in client.get(url("adopt", public_sheet)).content.decode()


def test_the_authors_of_a_sheet_learn_who_took_it_up(agent, colleague, editor, maison):
    sheet = factories.sheet("La nôtre", contributed_by=maison, maisons=[maison])
    other = MaisonFactory()
    user = MembershipFactory(maison=other, user=UserFactory()).user
    adopting.decide(adopting.declare(sheet, other, user), True, editor)
    for author in (agent, colleague):
        assert Notification.objects.filter(user=author, kind="initiatives.adopted").exists()


def test_an_adoption_is_declared_for_one_s_own_maison_and_not_of_one_s_own_sheet(
    agent, maison, public_sheet
):
    with pytest.raises(PermissionDenied):
        adopting.declare(public_sheet, MaisonFactory(), agent)
    own = factories.sheet("La nôtre", maisons=[maison])
    with pytest.raises(ValidationError):
        adopting.declare(own, maison, agent)


def test_an_adoption_links_the_page_of_who_did_it_when_it_is_public(
    client, agent, editor, maison, public_sheet
):
    own = factories.sheet("Chez nous", live=False, contributed_by=maison)
    adopting.decide(adopting.declare(public_sheet, maison, agent, own_sheet=own), True, editor)
    assert "Chez nous" not in client.get(public_sheet.get_url()).content.decode()
    own.get_latest_revision().publish()
    assert "Chez nous" in client.get(public_sheet.get_url()).content.decode()


def test_a_refused_declaration_is_forgotten_after_a_year(agent, editor, maison, public_sheet):
    adopting.decide(adopting.declare(public_sheet, maison, agent), False, editor, "Non.")
    assert adopting.purge() == 0
    assert adopting.purge(timezone.now() + timedelta(days=366)) == 1


# -- The professional space, personal data -----------------------------------------------------------
def test_a_sheet_that_is_sent_back_is_the_first_thing_to_do(client, agent, editor, draft):
    sheet = proposed(client, agent, draft)
    sheet.current_workflow_task_state.reject(user=editor, comment="Il manque le budget.")
    Notification.objects.all().delete()
    html = client.get("/espace-pro/").content.decode()
    assert "Il manque le budget." in html
    door = client.get("/espace-pro/echanger/").content.decode()
    assert reverse("initiatives:mine") in door


@pytest.mark.parametrize("count", [10, 1000])
def test_the_list_of_one_s_sheets_costs_the_same_whatever_their_number(
    client, agent, maison, count, django_assert_max_num_queries
):
    pages = factories.many_sheets(count)
    ProjectSheetPage.objects.filter(pk__in=[p.pk for p in pages]).update(contributed_by=maison)
    client.force_login(agent)
    client.get(reverse("initiatives:mine"))
    with django_assert_max_num_queries(30):
        assert client.get(reverse("initiatives:mine")).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get("/espace-pro/").status_code == 200


def test_an_erased_person_leaves_the_texts_without_a_name(agent, maison, public_sheet):
    row = adopting.declare(public_sheet, maison, agent, note="Nous aussi.")
    provider = registry.personal_data.get("initiatives")
    assert provider.export(agent)["initiatives_taken_up"][0]["note"] == "Nous aussi."
    provider.erase(agent)
    row.refresh_from_db()
    assert row.declared_by is None and row.note == "Nous aussi."
