"""What the foundation's addresses, Wagtail's and the packages' answer to each role."""

from collections.abc import Iterator
from typing import Any

from . import registry
from .matrix import ANSWERS, REFUSED, SIGN_IN, Case, Group, only, public, signed_in

IN_ADMIN = ("editor", "chief-editor", "national-team", "administrator")
NOTHING = "00000000-0000-4000-8000-000000000000"
STEERING = ("national-team", "administrator")


@registry.url_cases.provide("cms")
def own() -> Iterator[Case | Group]:
    yield Case("/", public())
    yield Case("/nulle-part/", public(404))
    yield Case("/healthz", public())
    # Whether it is ready depends on the machine: worker and clock do not run in the test.
    yield Case("/readyz", public(frozenset({200, 503})))
    for path in ("/robots.txt", "/sitemap.xml", "/sitemap-1.xml"):
        yield Case(path, public())
    yield Case("/plan-du-site/", public())
    # Absent while SECURITY_CONTACT is.
    yield Case("/.well-known/security.txt", public(frozenset({200, 404})))
    for path in ("/favicon.ico", "/apple-touch-icon.png"):
        yield Case(path, public(frozenset({200, 301, 302})))
    yield Case("/exports/", signed_in())
    yield Case("/exports/inconnu/", signed_in(404))
    yield Case(f"/exports/fichier/{NOTHING}/", signed_in(404))
    yield Case(f"/medias/image/{NOTHING}/original/rien.png", public(404))
    yield Case("/styleguide/", public())
    yield Case("/styleguide/inconnu/", public(404))


@registry.url_cases.provide("cms-editors")
def editors() -> Iterator[Case]:
    from .editors.reports import REPORTS
    from .factories import PageTemplateFactory, home

    template: Any = PageTemplateFactory()
    start = f"/admin/pages/{home().pk}/start/"
    for slug in REPORTS:
        yield Case(f"/admin/reports/site/{slug}/", only(*IN_ADMIN))
        yield Case(f"/exports/{slug}/?format=csv", only(*IN_ADMIN))
    yield Case("/admin/reports/read-again/", only(*IN_ADMIN, answer=302), method="post")
    page = template.page_id
    yield Case(f"/admin/pages/{page}/checked/", only(*IN_ADMIN, answer=302), method="post")
    yield Case("/admin/templates/", only(*IN_ADMIN))
    yield Case(f"/admin/pages/{page}/template/", only(*IN_ADMIN))
    yield Case(start, only(*IN_ADMIN))
    yield Case(f"{start}{template.uuid}/", only(*IN_ADMIN))
    yield Case(f"{start}{template.uuid}/preview/", only(*IN_ADMIN))
    yield Case("/admin/guide/", only(*IN_ADMIN))
    yield Case("/admin/guide/images/rien.webp", only(*IN_ADMIN, answer=404, others=REFUSED))


@registry.url_cases.provide("wagtail")
def wagtail() -> Iterator[Case | Group]:
    yield Group(
        "admin/",
        only(*IN_ADMIN, answer=ANSWERS),
        asked_as=frozenset({"anonymous", "person", "manager", "editor", "administrator"}),
        index_only=frozenset(IN_ADMIN),
        skip=("admin/failwhale/", "admin/.*/$", "admin/password_reset/"),
        reason="failwhale breaks on purpose, .* is the page 404, our door hides password_reset.",
    )
    # Trainers enter for the question bank and its pictures, and find nothing else (`maisons.operators.guard`).
    yield Case("/admin/", only("trainer", *IN_ADMIN))
    yield Case("/admin/pages/", only(*IN_ADMIN))
    yield Case("/admin/images/", only("trainer", *IN_ADMIN))
    yield Case("/admin/documents/", only(*IN_ADMIN))
    yield Case("/admin/media/", only(*IN_ADMIN))
    for path in ("", "add/", "import/"):
        yield Case(f"/admin/redirects/{path}", only(*IN_ADMIN))
    yield Case("/admin/redirects/import/process/", only(*IN_ADMIN))
    yield Case("/admin/collections/", only(*STEERING))
    yield Case("/admin/workflows/list/", only(*STEERING))
    yield Case("/admin/sites/", only("administrator"))
    yield Case("/admin/locales/", only(*STEERING))
    yield Case("/admin/groups/", only())
    yield Case("/admin/groups/new/", only())
    # Needed before anybody signs in; they tell nothing.
    yield Case("/admin/sprite/", public())
    yield Case("/admin/jsi18n/", public())
    for path in ("", "done/", "complete/", "confirm/x/y/"):
        yield Case(f"/admin/password_reset/{path}", public(302))
    yield Case("/_util/authenticate_with_password/99999/99999/", public(404))
    yield Case("/_util/login/", {"anonymous": SIGN_IN, "*": REFUSED})
    yield Case(
        "/admin/login/",
        {"anonymous": SIGN_IN, "*": 403, **dict.fromkeys(("trainer", *IN_ADMIN), 302)},
    )
    yield Case("/admin/logout/", public(ANSWERS))
