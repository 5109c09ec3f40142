"""An operator's editor in the admin: their page, their news, their files; nothing else, and no publishing."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.models import Page

from accounts.factories import UserFactory
from accounts.models import Notification
from accounts.roles import Scope
from accounts.services import revoke
from cms.factories import (
    SiteDocumentFactory,
    SiteImageFactory,
    SiteMediaFactory,
    StandardPageFactory,
)
from maisons.factories import OperatorFactory, OperatorNewsPageFactory, OperatorPageFactory
from maisons.models import OperatorNewsPage, OperatorPage
from maisons.operators import access, guard

pytestmark = pytest.mark.django_db
SECRET, SOUGHT = "zorglub", "tarentule"
HIDDEN = f"{SECRET} {SOUGHT}"


def editor_of(*operators):
    user = UserFactory(role="operator-editor", scope=Scope("operator", operators[0].code))
    for operator in operators[1:]:
        from accounts.services import grant

        grant(user, "operator-editor", Scope("operator", operator.code))
    return user


@pytest.fixture
def world():
    """One operator with its editor; elsewhere, pages and files whose titles hold the secret word."""
    mine = OperatorPageFactory(title="Caisse à moi")
    mine.save_revision()
    collection = access.collection_of(mine.operator)
    theirs = OperatorPageFactory(title=f"Opérateur {HIDDEN}")
    elsewhere = access.collection_of(theirs.operator)
    made = SimpleNamespace(
        mine=mine,
        news=OperatorNewsPageFactory(parent=mine, title="Ma nouvelle", live=False),
        image=SiteImageFactory(title="Mon image", collection=collection),
        theirs=theirs,
        their_news=OperatorNewsPageFactory(parent=theirs, title=f"Nouvelle {HIDDEN}"),
        draft=StandardPageFactory(title=f"Brouillon {HIDDEN}", live=False),
        public=StandardPageFactory(title=f"Page {HIDDEN}"),
        their_image=SiteImageFactory(title=f"Image {HIDDEN}", collection=elsewhere),
        other_image=SiteImageFactory(title=f"Photo {HIDDEN}"),
        document=SiteDocumentFactory(title=f"Document {HIDDEN}"),
        recording=SiteMediaFactory(title=f"Film {HIDDEN}"),
    )
    for page in (made.news, made.theirs, made.their_news, made.draft, made.public):
        page.save_revision()
    made.editor = editor_of(mine.operator)
    return made


@pytest.fixture
def signed_in(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.editor)
    return client


def admin_routes(resolver=None, prefix="", space=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from admin_routes(pattern, route, inner)
        elif route.startswith("admin/") and route != "admin/.*/$":
            yield route, f"{space}{pattern.name}"


def addresses(route, ids):
    """The addresses of a route, with the identifiers of what is somebody else's."""
    texts = {
        "content_type_app_name": "maisons",
        "content_type_model_name": "operatornewspage",
        "app_label": "wagtailcore",
        "model_name": "page",
        "media_type": "video",
        "action": "delete",
        "action_name": "approve",
        "filter_spec": "max-165x165",
    }
    for identifier in ids:

        def fill(match, identifier=identifier):
            kind, name = match[1], match[2]
            if kind == "int":
                return str(identifier)
            if kind == "uuid":
                return "00000000-0000-4000-8000-000000000000"
            return texts.get(name, str(identifier))

        path = re.sub(r"<(?:(\w+):)?(\w+)>", fill, re.sub(r"\(\?P(<\w+>)[^()]*\)", r"\1", route))
        path = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\))*[^()]*\)", str(identifier), path)
        yield "/" + path.replace("$", "").replace("^", "").replace("\\Z", "")
        if "<" not in route and "(" not in route:
            return


def words_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace").lower()


# -- What they may do -----------------------------------------------------------------------------


def test_they_enter_the_admin_and_find_their_page(world, signed_in):
    assert signed_in.get("/admin/").status_code == 200
    found = signed_in.get("/admin/pages/", follow=True)
    assert found.redirect_chain[-1][0] == f"/admin/pages/{world.mine.pk}/"
    for url in (
        f"/admin/pages/{world.mine.pk}/edit/",
        f"/admin/pages/{world.news.pk}/edit/",
        f"/admin/pages/add/maisons/operatornewspage/{world.mine.pk}/",
        f"/admin/pages/{world.mine.pk}/history/",
        "/admin/images/",
        f"/admin/images/{world.image.pk}/",
        "/admin/documents/",
        "/admin/images/chooser/",
        f"/admin/images/chooser/chosen/{world.image.pk}/",
    ):
        assert signed_in.get(url).status_code == 200, url
    chooser = signed_in.get("/admin/choose-page/", follow=True)
    assert "Ma nouvelle" in words_of(chooser).replace("ma nouvelle", "Ma nouvelle")


def test_they_change_their_page_and_submit_it_and_cannot_publish(world, signed_in):
    url = f"/admin/pages/{world.mine.pk}/edit/"
    moderator = UserFactory(role="editor")
    form = signed_in.get(url).context["form"]
    data = posted(form) | {"title": "Caisse changée"}
    signed_in.post(url, data | {"action-publish": "1"})
    world.mine.refresh_from_db()
    assert world.mine.title == "Caisse à moi"
    response = signed_in.post(url, data | {"action-submit": "1"})
    assert response.status_code == 302
    world.mine.refresh_from_db()
    assert world.mine.title == "Caisse à moi"
    assert world.mine.get_latest_revision_as_object().title == "Caisse changée"
    assert world.mine.workflow_in_progress
    assert Notification.objects.filter(user=moderator, kind="moderation.submitted").exists()

    client = Client()
    client.force_login(moderator)
    task = world.mine.current_workflow_task_state
    client.post(f"/admin/pages/workflow/action/{world.mine.pk}/approve/{task.pk}/")
    assert OperatorPage.objects.get(pk=world.mine.pk).title == "Caisse changée"
    assert Notification.objects.filter(user=world.editor, kind="moderation.approved").exists()


def posted(form):
    """What a browser would send of the form as it is shown."""
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "stream_block"):
            data[f"{bound.html_name}-count"] = "0"
        elif isinstance(value, list):
            data[bound.html_name] = [str(item) for item in value]
        elif value is not None and value is not False:
            data[bound.html_name] = str(value)
    for formset in getattr(form, "formsets", {}).values():
        prefix = formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data


def test_their_news_is_written_under_their_page_and_waits_for_moderation(world, signed_in):
    url = f"/admin/pages/add/maisons/operatornewspage/{world.mine.pk}/"
    data = posted(signed_in.get(url).context["form"])
    data |= {"title": "Un nouveau service", "slug": "un-nouveau-service"}
    signed_in.post(url, data | {"action-submit": "1"})
    news = OperatorNewsPage.objects.get(slug="un-nouveau-service")
    assert not news.live and news.workflow_in_progress
    assert news.is_child_of(world.mine)
    assert signed_in.get(news.url).status_code == 404


def test_which_operator_the_page_is_of_is_not_theirs_to_say(world, signed_in):
    url = f"/admin/pages/{world.mine.pk}/edit/"
    form = signed_in.get(url).context["form"]
    assert "operator" not in form.fields
    assert "role" in form.fields


# -- What they may not ------------------------------------------------------------------------------


def test_nothing_else_is_shown_anywhere_in_the_admin(world, signed_in):
    root = Page.get_first_root_node().pk
    others = [world.theirs.pk, world.their_image.pk, world.document.pk, world.recording.pk, root]
    shown, broken = [], []
    for route, name in admin_routes():
        # What the guard closes whole is asked once.
        asked = others if guard._OPEN.fullmatch(name) else others[:1]
        for url in addresses(route, asked):
            queries = ["", f"?q={SOUGHT}", f"?id={world.theirs.pk}"] if name in LISTS else [""]
            for query in queries:
                response = signed_in.get(url + query)
                if response.status_code >= 500 and "failwhale" not in url:
                    broken.append((url + query, response.status_code))
                if SECRET in words_of(response):
                    shown.append((url + query, response.status_code))
    assert not shown
    assert not broken


LISTS = {
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_api:pages:listing",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtailimages_chooser:chosen_multiple",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailmedia:index",
    "wagtailmedia:chooser",
}


def test_several_are_not_chosen_by_their_numbers(world, signed_in):
    for kind, foreign in (
        ("choose-page", world.theirs.pk),
        ("images/chooser", world.their_image.pk),
        ("documents/chooser", world.document.pk),
    ):
        response = signed_in.get(f"/admin/{kind}/chosen-multiple/?id={foreign}")
        assert SECRET not in words_of(response), kind


def test_nothing_else_is_changed_by_any_request(world, signed_in):
    def state():
        return list(
            Page.objects.order_by("pk").values_list(
                "pk", "title", "live", "path", "latest_revision"
            )
        )

    before = state()
    for page in (world.theirs, world.their_news, world.draft, world.public):
        form = {"title": "Piraté", "slug": "pirate", "action-publish": "1", "action-submit": "1"}
        for action in (
            "edit/",
            "delete/",
            "unpublish/",
            f"move/{world.mine.pk}/confirm/",
            "copy/",
            "lock/",
            "privacy/",
            "convert_alias/",
            "undo/",
            "paste/",
        ):
            signed_in.post(f"/admin/pages/{page.pk}/{action}", form)
        signed_in.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", {"id": page.pk})
        signed_in.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {"id": page.pk})
        signed_in.post(f"/admin/pages/add/maisons/operatornewspage/{page.pk}/", form)
        for action in ("publish", "delete", "unpublish", "copy", "move"):
            signed_in.post(f"/admin/api/main/pages/{page.pk}/action/{action}/", {})
    assert state() == before
    for action in ("unpublish/", "lock/", "privacy/", "copy/"):
        signed_in.post(f"/admin/pages/{world.mine.pk}/{action}", {})
    signed_in.post(f"/admin/api/main/pages/{world.news.pk}/action/publish/", {})
    assert state() == before
    for model, pk in (("images", world.their_image.pk), ("documents/edit", world.document.pk)):
        signed_in.post(f"/admin/{model}/{pk}/", {"title": "Piraté"})
    world.their_image.refresh_from_db()
    world.document.refresh_from_db()
    assert SECRET in world.their_image.title and SECRET in world.document.title


def test_a_picture_goes_to_their_collection_alone(world, signed_in):
    form = signed_in.get(f"/admin/images/{world.image.pk}/").context["form"]
    offered = (
        [c.pk for c in form.fields["collection"].queryset] if "collection" in form.fields else []
    )
    assert set(offered) <= {access.collection_of(world.mine.operator).pk}


# -- Who they are --------------------------------------------------------------------------------------


def test_the_admin_opens_with_the_page_and_closes_with_the_role(world):
    operator = OperatorFactory()
    user = editor_of(operator)
    assert not user.has_perm("wagtailadmin.access_admin")
    OperatorPageFactory(operator=operator)
    user = type(user).objects.get(pk=user.pk)
    assert user.has_perm("wagtailadmin.access_admin") and guard.is_limited(user)
    revoke(user.role_assignments.get())
    user = type(user).objects.get(pk=user.pk)
    assert not user.has_perm("wagtailadmin.access_admin")
    assert not user.groups.filter(name__startswith=access.PREFIX).exists()


def test_of_two_operators_both_pages_and_no_third(world):
    second = OperatorPageFactory(title="Ma seconde caisse")
    user = editor_of(world.mine.operator, second.operator)
    client = Client()
    client.force_login(user)
    text = words_of(client.get("/admin/pages/", follow=True))
    assert "caisse à moi" in text and "ma seconde caisse" in text and SECRET not in text


def test_editors_are_not_limited(world):
    editor = UserFactory(role="editor")
    assert not guard.is_limited(editor)
    client = Client()
    client.force_login(editor)
    assert client.get(f"/admin/pages/{world.theirs.pk}/edit/").status_code == 200
    assert client.get("/admin/reports/site-history/").status_code == 200


def test_the_page_changes_operator_and_the_right_follows(world):
    other = OperatorFactory()
    access.open_to_editors(world.mine)
    world.mine.operator = other
    world.mine.save()
    user = editor_of(other)
    assert guard.own_pages(user).filter(pk=world.mine.pk).exists()
    former = type(world.editor).objects.get(pk=world.editor.pk)
    assert not guard.own_pages(former).filter(pk=world.mine.pk).exists()


def test_saving_again_makes_no_second_group(world):
    count = Group.objects.filter(name__startswith=access.PREFIX).count()
    world.mine.save()
    assert Group.objects.filter(name__startswith=access.PREFIX).count() == count
