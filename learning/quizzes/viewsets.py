"""The bank of questions in the administration, for editors and trainers."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages as admin_messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import HeaderButton
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from cms import undo

from ..models import BankTheme, Question
from . import bank, regrade, wording
from .content import Kind
from .rules import trained_enrolments


class QuestionFilters(WagtailFilterSet):
    theme = django_filters.ModelChoiceFilter(
        queryset=BankTheme.objects.all(), label=gettext_lazy("Theme")
    )
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=gettext_lazy("Kind"))

    note = django_filters.BooleanFilter(
        label=gettext_lazy("Something is left to do"), method="with_note"
    )

    def with_note(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.exclude(note="") if value else rows.filter(note="")

    class Meta:
        model = Question
        fields = ["theme", "kind", "note"]


class _Authored:
    """Who saves is who wrote the version."""

    request: HttpRequest
    form: Any

    def save_instance(self) -> Any:
        self.form.instance.edited_by = self.request.user
        return super().save_instance()  # type: ignore[misc]


class QuestionCreateView(_Authored, CreateView):
    pass


class QuestionEditView(_Authored, EditView):
    def save_action(self) -> HttpResponse:
        """Whoever corrects a key learns at once that answers were graded by the former one."""
        response: HttpResponse = super().save_action()
        question, user = self.object, self.request.user
        if self.expects_json_response or not regrade.waiting(question).exists():
            return response
        text = _("Answers given before this change were graded as the question was then.")
        buttons = []
        if regrade.waiting(question, trained_enrolments(user)).exists():
            url = reverse("learning:quiz-regrade", args=[question.uuid])
            buttons = [admin_messages.button(url, _("See what regrading would change"))]
        else:
            text += " " + _(
                "The trainers of their cohorts, and the national team, may regrade them."
            )
        admin_messages.warning(self.request, text, buttons=buttons)
        return response

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        for language in wording.OTHERS:
            buttons.append(
                HeaderButton(
                    _("Wording in %(language)s") % {"language": wording.name_of(language)},
                    url=reverse("learning_question_wording", args=[self.object.pk, language]),
                    icon_name="globe",
                )
            )
        if regrade.waiting(self.object).exists():
            buttons.append(
                HeaderButton(
                    _("Regrade what was answered"),
                    url=reverse("learning:quiz-regrade", args=[self.object.uuid]),
                    icon_name="order",
                )
            )
        if undo.earlier_revision(self.object) is not None:
            buttons.append(
                HeaderButton(
                    _("Undo the last change"),
                    url=reverse("learning_question_undo", args=[self.object.pk]),
                    icon_name="rotate",
                )
            )
        return buttons


class QuestionDeleteView(DeleteView):
    """Deleting puts in the bin: what was answered keeps its question."""

    @cached_property
    def page_title(self) -> str:
        return _("Put in the bin")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            bank.put_in_bin([self.object], by=self.request.user)
        except bank.CannotBin as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("wagtailsnippets_learning_question:edit", self.object.pk)
        messages.success(
            self.request, _("“%(title)s” is in the bin for 30 days.") % {"title": self.object.title}
        )
        return redirect(self.index_url_name)


def undo_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what a question said before the last change, as a new version. Asks first."""
    question = get_object_or_404(Question.objects.in_use(), pk=pk)
    edit = redirect("wagtailsnippets_learning_question:edit", question.pk)
    if not request.user.has_perm("learning.change_question"):
        return redirect("wagtailadmin_home")
    target = undo.earlier_revision(question)
    if target is None:
        messages.error(request, _("There is no earlier version to go back to."))
        return edit
    if request.method != "POST":
        context = {"question": question, "target": target, "before": target.as_object()}
        return render(request, "learning/quizzes/admin/undo.html", context)
    before = target.as_object()
    question.theme_id, question.title = before.theme_id, before.title
    question.source, question.note, question.body = before.source, before.note, before.body
    question.save(by=request.user)
    question.save_revision(user=request.user, previous_revision=target)
    messages.success(request, _("The question is as it was before the last change."))
    return edit


def languages_of(question: Question) -> str:
    """The other languages in which a question is asked, by their names."""
    rows = question.version.wordings.all() if question.version is not None else ()
    return ", ".join(wording.name_of(row.language) for row in rows)


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = gettext_lazy("Questions")
    base_url_path = "questions/banque"
    list_display = [
        "title",
        Column("theme", label=gettext_lazy("Theme"), sort_key="theme__name"),
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        Column("languages", label=gettext_lazy("Also in"), accessor=languages_of),
        Column("note", label=gettext_lazy("Left to do")),
        DateColumn("changed_at", label=gettext_lazy("Changed on"), sort_key="changed_at"),
    ]
    filterset_class = QuestionFilters
    search_fields = ["title", "text", "source"]
    list_per_page = 50
    ordering = ["theme__name", "title", "pk"]
    inspect_view_enabled = False
    copy_view_enabled = True
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("theme")]),
        FieldPanel("body"),
        FieldPanel("source"),
        FieldPanel("note"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = Question.objects.in_use().select_related("theme", "version")
        return rows.prefetch_related("version__wordings")


class ThemeViewSet(SnippetViewSet):
    model = BankTheme
    icon = "tag"
    menu_label = gettext_lazy("Themes")
    base_url_path = "questions/themes"
    list_display = ["name", Column("asked", label=gettext_lazy("Questions"))]
    search_fields = ["name"]
    ordering = ["name"]
    inspect_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("description")]

    def get_queryset(self, request: HttpRequest) -> Any:
        in_use = Q(questions__binned_at=None, questions__isnull=False)
        return BankTheme.objects.annotate(asked=Count("questions", filter=in_use))


class BankGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("Question bank")
    menu_icon = "help"
    menu_order = 166
    items = (QuestionViewSet, ThemeViewSet)
    # What other rooms put beside them: functions that give menu items.
    more: ClassVar[list[Callable[[], Iterable[MenuItem]]]] = []

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), *(item for give in self.more for item in give())]
