"""Our screens of the admin are accessible, wide and narrow, light and dark, and work by keyboard."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.factories import UserFactory
from cms.editors import scanning
from cms.factories import SiteImageFactory, StandardPageFactory, home
from cms.models import PageTemplate, StandardPage
from tests.support.browser import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Wagtail's own, in every page of the admin; and what a frame shows, which is a page of the site.
FURNITURE = ("#wagtail-sidebar", ".w-slim-header", "[data-side-panel]", "iframe")


@pytest.fixture
def editor(context, live_server):
    user = UserFactory(role="chief-editor")
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return user


def test_our_screens_are_accessible(page, editor):
    StandardPageFactory(listing_image=SiteImageFactory(description=""), owner=editor)
    while scanning.read_what_changed():
        pass
    template = PageTemplate.objects.first()
    paths = [
        "/admin/",
        reverse("cms_report", args=["content-age"]),
        reverse("cms_templates"),
        reverse("cms_start_from", args=[home().pk, template.uuid]),
        reverse("cms_mark_template", args=[template.page_id]),
        "/admin/redirects/import/",
        "/admin/guide/",
    ]
    faults = []
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for path in paths:
            page.goto(path)
            faults += [f"{path} [{scheme}, {width} px] {f}" for f in axe_faults(page, FURNITURE)]
            wider = "() => document.documentElement.scrollWidth > window.innerWidth"
            if page.evaluate(wider):
                faults.append(f"{path} is wider than {width} px")
    assert not faults, "\n".join(faults)


def test_a_page_is_started_from_a_template_by_keyboard_alone(page, editor):
    template = PageTemplate.objects.get(label="Fiche pratique")
    page.goto(reverse("cms_start_from", args=[home().pk, template.uuid]))
    page.focus("[name=title]")
    page.keyboard.type("Refaire sa carte d’identité")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_title")
    assert StandardPage.objects.get(slug="refaire-sa-carte-didentite").owner == editor
