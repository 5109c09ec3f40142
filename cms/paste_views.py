"""The admin screen that puts what was pasted at the end of a page's draft."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page

from . import paste
from .streams import render_stream

NEEDED = {"rich_text", "heading", "table"}
MAX_FILE = 5 * 1024 * 1024


class PasteForm(forms.Form):
    field = forms.ChoiceField(label=gettext_lazy("Where to put it"))
    html = forms.CharField(
        label=gettext_lazy("Text"), required=False, strip=False, widget=forms.Textarea
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file saved as a web page (.html)"), required=False
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["field"].widget = forms.HiddenInput()
            self.fields["field"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file and file.size > MAX_FILE:
            self.add_error("file", _("This file is too big: the limit is 5 MB."))
        elif file:
            data["html"] = decoded(file.read())
        if not self.errors and not (data.get("html") or "").strip():
            self.add_error("html", _("Paste a text, or choose a file."))
        return data


def decoded(content: bytes) -> str:
    """Word saves web pages in the Windows encoding, the others in UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def paste_fields(page: Any) -> list[tuple[str, str]]:
    """(name, label) of the streams of a page that hold what a paste gives."""
    return [
        (field.name, str(field.verbose_name).capitalize())
        for field in page._meta.get_fields()
        if isinstance(field, StreamField) and set(field.stream_block.child_blocks) >= NEEDED
    ]


def paste_into_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take a paste, show what will be kept, then add it to the draft as a new version."""
    page = get_object_or_404(Page, pk=page_id).specific
    permissions = page.permissions_for_user(request.user)
    fields = paste_fields(page)
    if not fields or not permissions.can_edit() or permissions.page_locked():
        raise PermissionDenied
    form = PasteForm(request.POST or None, request.FILES or None, choices=fields)
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    if request.method == "POST" and form.is_valid():
        pasted = paste.read(form.cleaned_data["html"])
        if not pasted.blocks:
            form.add_error("html", _("There is no text in what was pasted."))
        elif "confirm" in request.POST:
            add_to_draft(page, form.cleaned_data["field"], pasted, request.user)
            messages.success(request, _("What was pasted is at the end of the draft."))
            return redirect(context["edit_url"])
        else:
            context |= _preview(page, form.cleaned_data, pasted)
    return render(request, "cms/admin/paste.html", context)


def _preview(page: Any, data: dict[str, Any], pasted: paste.Pasted) -> dict[str, Any]:
    block = page._meta.get_field(data["field"]).stream_block
    notes = [SimpleNamespace(**note) for note in pasted.footnotes]
    rendered = render_stream(StreamValue(block, pasted.blocks, is_lazy=True), {"page": page}, notes)
    return {
        "pasted": pasted,
        "rendered": rendered.html,
        "notes": rendered.notes,
        # What was sent, to be read again when it is confirmed: nothing is kept in between.
        "html": data["html"],
        "field": data["field"],
    }


@transaction.atomic
def add_to_draft(page: Any, field: str, pasted: paste.Pasted, user: Any) -> Any:
    """Append blocks and notes to the latest draft, as a new version. The public page stays as it is."""
    draft = page.get_latest_revision_as_object()
    stream = getattr(draft, field)
    setattr(draft, field, [*stream.get_prep_value(), *pasted.blocks])
    order = draft.footnotes.count()
    for number, note in enumerate(pasted.footnotes):
        draft.footnotes.create(
            uuid=note["uuid"], text=note["text"], sort_order=order + number, locale=draft.locale
        )
    # A table still lacks its caption, which only publishing asks for.
    revision = draft.save_revision(user=user, clean=False, log_action=False)
    log(
        instance=page,
        action="cms.paste",
        user=user,
        revision=revision,
        data={"blocks": len(pasted.blocks), "notes": len(pasted.footnotes)},
    )
    return revision
