"""Old addresses that lead to new ones, without loops and without chains.

Wagtail makes one when a page moves or its slug changes. What people add, one by one or from a file,
is refused where a visitor would turn in circles, or be sent from one old address to another.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

MAX_BYTES = 1024 * 1024
MAX_ROWS = 5_000


# -- Rules ------------------------------------------------------------------------------------------


def own_path(url: str) -> str | None:
    """The path of an address of this site, as redirects store it; None for another site."""
    parts = urlsplit(url)
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_ORIGIN).netloc:
        return None
    return Redirect.normalise_path(url)


def target_path(page: Page | None, link: str) -> str | None:
    if page is not None:
        return Redirect.normalise_path(page.get_url() or "") if page.get_url() else None
    return own_path(link) if link else None


class Standing:
    """Redirects that stand already, by the address from which and to which they lead."""

    def __init__(self, rows: Iterable[Redirect] = ()) -> None:
        self.pages = SitePages()
        self.by_old: dict[str, Redirect] = {}
        self.by_target: dict[str, Redirect] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Redirect) -> None:
        self.by_old[row.old_path] = row
        target = target_path(row.redirect_page, row.redirect_link)
        if target is not None:
            self.by_target[target] = row

    def check(self, old_path: str, page: Page | None, link: str) -> None:
        """Raise ValidationError, saying what to do instead, when a redirect would loop or chain."""
        old, target = Redirect.normalise_path(old_path), target_path(page, link)
        if target == old:
            raise ValidationError(_("This address would lead to itself."))
        hidden = self.pages.at(old)
        if hidden is not None and hidden.live:
            raise ValidationError(
                _("A public page stands at this address: visitors would never be sent on.")
            )
        if page is not None and not page.live:
            raise ValidationError(_("The page to which it leads is not public."))
        beyond = self.by_old.get(target) if target else None
        if beyond is not None:
            raise ValidationError(
                _("%(target)s leads on to %(end)s: lead there directly.")
                % {"target": target, "end": beyond.link or "–"}
            )
        before = self.by_target.get(old)
        if before is not None:
            raise ValidationError(
                _("%(other)s leads here: change that redirect first, so that it leads to the end.")
                % {"other": before.old_path}
            )


class SitePages:
    """The pages of the site by the path at which readers find them, read once for many questions."""

    def __init__(self) -> None:
        home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        homes = Page.objects.filter(translation_key=home.translation_key).select_related("locale")
        self._by_path: dict[str, Page] = {}
        for root in homes:
            start = "" if root.pk == home.pk else f"/{root.locale.language_code}"
            below = Page.objects.filter(path__startswith=root.path).select_related("locale")
            for page in below.only("pk", "path", "url_path", "live", "locale", "slug"):
                path = start + page.url_path[len(root.url_path) - 1 :]
                self._by_path[Redirect.normalise_path(path)] = page

    def at(self, path: str) -> Page | None:
        """The page at this path, public or not."""
        return self._by_path.get(Redirect.normalise_path(path).partition("?")[0])


def others_than(pk: int | None = None) -> Standing:
    rows = Redirect.objects.select_related("redirect_page__locale")
    return Standing(rows.exclude(pk=pk) if pk else rows)


class CheckedRedirectForm(RedirectForm):
    """Wagtail's form, with the rules above. An address of this site may be given without its origin."""

    def clean(self) -> dict[str, Any]:
        # Wagtail's own `clean` gives nothing back.
        super().clean()
        cleaned = self.cleaned_data
        page, link = cleaned.get("redirect_page"), cleaned.get("redirect_link") or ""
        old = cleaned.get("old_path")
        if not old or "redirect_link" in self.errors:
            return cleaned
        if bool(page) == bool(link):
            raise ValidationError(_("Choose a page or give an address, one of the two."))
        others_than(self.instance.pk).check(old, page, link)
        return cleaned

    class Meta(RedirectForm.Meta):
        pass


# -- After Wagtail's own ----------------------------------------------------------------------------


def forget_what_a_page_took_back(page: Page) -> None:
    """Drop the redirects from an address that the page, or one below it, has again.

    They serve nobody while the page is public, and would turn in circles once it is not.
    """
    rows = Redirect.objects.filter(redirect_page__path__startswith=page.path)
    gone = [
        row.pk
        for row in rows.select_related("redirect_page")
        if target_path(row.redirect_page, "") == row.old_path
    ]
    if gone:
        Redirect.objects.filter(pk__in=gone).delete()


# -- From a file ------------------------------------------------------------------------------------


class ImportForm(forms.Form):
    file = forms.FileField()

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 1 MB."))
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(
                _("The file is not in UTF-8: save it as “CSV UTF-8” from the spreadsheet.")
            ) from None


@dataclass
class Import:
    """What a file asks for. `faults`: (line, old address, reason) of each rejected row."""

    redirects: list[Redirect] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def read(text: str) -> Import:
    """Read a CSV of old and new addresses, by semicolons, commas or tabs, header or not."""
    found = Import()
    standing = others_than()
    for number, row in enumerate(_rows(text), start=1):
        if number > MAX_ROWS:
            found.faults.append((number, "", _("More than 5,000 rows: cut the file.")))
            break
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not cells[0].startswith(("/", "http"))):
            continue
        try:
            redirect = _redirect(cells, standing)
        except ValidationError as error:
            found.faults.append((number, cells[0][:255], " ".join(error.messages)))
        else:
            found.redirects.append(redirect)
            standing.add(redirect)
    return found


def _rows(text: str) -> Iterable[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _redirect(cells: list[str], standing: Standing) -> Redirect:
    if len(cells) < 2 or not cells[1]:
        raise ValidationError(_("Two columns are expected: the old address and the new one."))
    if own_path(cells[0]) is None or not cells[0].startswith(("/", "http")):
        raise ValidationError(_("The old address is not one of this site."))
    old = Redirect.normalise_path(cells[0])
    if old in standing.by_old:
        raise ValidationError(_("This address already has a redirect, here or in the file."))
    page = None
    path = own_path(cells[1])
    if path == old:
        raise ValidationError(_("This address would lead to itself."))
    if path is not None:
        page = standing.pages.at(path)
        if page is None:
            raise ValidationError(_("No page of the site stands at the new address."))
    redirect = Redirect(
        old_path=old,
        redirect_page=page,
        redirect_link="" if page else cells[1],
        is_permanent=len(cells) < 3 or cells[2].lower() not in {"temporaire", "temporary", "302"},
    )
    redirect.clean_fields(exclude=["redirect_page", "site"])
    standing.check(old, page, redirect.redirect_link)
    return redirect


@transaction.atomic
def save(found: Import) -> int:
    """Write the redirects of a file without fault: all or nothing."""
    if found.faults:
        raise ValueError("a file with faults is not written")
    Redirect.objects.bulk_create(found.redirects)
    from ..pagecache import bump

    bump()
    return len(found.redirects)
