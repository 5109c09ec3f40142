"""« Vous êtes un acteur local »: the path to a Maison, step by step, whoever bears it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage
from cms.streams import render_stream

from ..creation_blocks import BEARERS, ActorsBlock, BearersBlock, DifficultiesBlock


class BearerForm(forms.Form):
    """Who bears the project: what does not concern them steps back."""

    porteur = forms.ChoiceField(label=_("Who bears the project"), choices=BEARERS, required=False)


class ForBearers(BasePage):
    """Reads `?porteur=`, keeps it in links, and says when it makes no sense."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        form = BearerForm(request.GET)
        chosen = form.cleaned_data["porteur"] if form.is_valid() else ""
        return context | {
            "bearer": chosen,
            "bearer_form": form,
            "bearers": [
                {"code": code, "label": label, "current": code == chosen} for code, label in BEARERS
            ],
            "keep": f"?porteur={chosen}" if chosen else "",
        }


class CreationPathPage(ForBearers):
    """The front of the path: who bears the project, the steps, and where to find help."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    template = "home/creation_path.html"
    subpage_types = ["home.CreationStepPage", "cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("path to a Maison")
        verbose_name_plural = _("paths to a Maison")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"steps": list(steps_of(self, request.user))}


class CreationStepPage(ForBearers):
    """One step: what to do, what changes with the bearer, who does what, what often goes wrong."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("what to do"), blank=True)
    bearers = StreamField(BearersBlock(), verbose_name=_("by bearer"), blank=True)
    actors = StreamField(ActorsBlock(), verbose_name=_("who does what"), blank=True)
    difficulties = StreamField(
        DifficultiesBlock(), verbose_name=_("frequent difficulties"), blank=True
    )

    template = "home/creation_step.html"
    parent_page_types = ["home.CreationPathPage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("bearers"),
        FieldPanel("actors"),
        FieldPanel("difficulties"),
        InlinePanel("footnotes", label=_("Footnotes")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("bearers"),
        index.SearchField("actors"),
        index.SearchField("difficulties"),
    ]

    class Meta:
        verbose_name = _("step of the path")
        verbose_name_plural = _("steps of the path")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        rendered = render_stream(
            self.body, {"page": self, "request": request}, self.footnotes.get_object_list()
        )
        steps = list(steps_of(self.get_parent(), request.user))
        place = next((n for n, step in enumerate(steps) if step.pk == self.pk), 0)
        cases = [block.value for block in self.bearers if block.value]
        chosen = [case for case in cases if case.get("bearer") == context["bearer"]]
        return context | {
            "rendered_body": rendered.html,
            "footnotes": rendered.notes,
            "steps": steps,
            "number": place + 1,
            "previous": steps[place - 1] if place else None,
            "next": steps[place + 1] if place + 1 < len(steps) else None,
            "cases": chosen or cases,
        }


def steps_of(path: Any, user: Any) -> QuerySet[CreationStepPage]:
    """The steps of a path that this reader may see, in their order, without their long columns."""
    found = CreationStepPage.objects.child_of(path).visible_to(user).order_by("path")
    return found.defer_streamfields()
