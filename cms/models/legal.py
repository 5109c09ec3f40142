"""The accessibility statement, made from its settings in the imposed form; the page on personal data."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.models import Orderable, Site
from wagtail.search import index

from ..blocks import BodyStreamBlock
from ..fields import StreamField
from ..legal import accessibility
from .pages import BasePage
from .settings import SiteSetting

_MOST_CRITERIA = 106


@register_setting(icon="user")
class AccessibilitySettings(SiteSetting, ClusterableModel):
    """Audits, what is not accessible and why, contact, dates. The state is computed, never written."""

    entity = models.CharField(
        _("body responsible for the site"),
        max_length=200,
        help_text=_("As the statement names it."),
    )
    reference = models.CharField(_("version of the RGAA"), max_length=20, default="4.1.2")
    reference_date = models.DateField(
        _("date of this version"), null=True, blank=True, default=dt.date(2023, 4, 18)
    )
    established_on = models.DateField(_("statement established on"), null=True, blank=True)
    updated_on = models.DateField(_("statement updated on"), null=True, blank=True)
    redesigned_on = models.DateField(
        _("site made anew on"),
        null=True,
        blank=True,
        help_text=_("Audits made before do not count any more."),
    )
    scheme_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the multi-year scheme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    plan_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of this year’s action plan"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("With the outcome of last year’s actions."),
    )
    technologies = models.TextField(_("technologies"), blank=True, help_text=_("One a line."))
    environments = models.TextField(
        _("test environment"),
        blank=True,
        help_text=_("Browser and assistive technology; one a line."),
    )
    tools = models.TextField(_("tools"), blank=True, help_text=_("One a line."))
    contact_email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("Never a person's own.")
    )
    contact_address = models.TextField(_("postal address and telephone"), blank=True)

    # Kept so that every page says it without reading the audits.
    state = models.CharField(
        max_length=7,
        choices=accessibility.State.choices,
        default=accessibility.State.NONE,
        editable=False,
    )
    state_until = models.DateField(null=True, editable=False)

    personal_data_retention = _("None: the address of the body responsible for the site.")

    panels = [
        FieldPanel("entity"),
        InlinePanel("audits", label=_("Audit")),
        InlinePanel("issues", label=_("Content that is not accessible")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("established_on"), FieldPanel("updated_on")]),
                FieldRowPanel([FieldPanel("reference"), FieldPanel("reference_date")]),
                FieldPanel("redesigned_on"),
            ],
            heading=_("Dates"),
        ),
        FieldPanel("scheme_page"),
        FieldPanel("plan_page"),
        MultiFieldPanel(
            [FieldPanel("technologies"), FieldPanel("environments"), FieldPanel("tools")],
            heading=_("How it was checked"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_address")], heading=_("Contact")
        ),
    ]

    class Meta:
        verbose_name = _("accessibility statement")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.keep_state()
        super().save(*args, **kwargs)

    def keep_state(self) -> None:
        """Compute the state from the audits as they are now, saved or about to be."""
        audit, until = self.audit_in_force()
        self.state_until = until
        self.state = (
            accessibility.state_of(audit.met, audit.applicable)
            if audit
            else accessibility.State.NONE
        )

    def audit_in_force(
        self, today: dt.date | None = None
    ) -> tuple["AccessibilityAudit | None", dt.date | None]:
        """The latest audit that counts, and its last day."""
        today = today or timezone.localdate()
        for audit in sorted(self.audits.all(), key=lambda audit: audit.date, reverse=True):
            until = accessibility.in_force_until(
                audit.date,
                audit.reference,
                current_version=self.reference,
                version_date=self.reference_date,
                redesigned_on=self.redesigned_on,
            )
            if until and audit.date <= today <= until:
                return audit, until
        return None, None


class AccessibilityAudit(Orderable):
    """The result of one audit: on how many of the criteria that apply, how many are met."""

    settings = ParentalKey(AccessibilitySettings, on_delete=models.CASCADE, related_name="audits")
    date = models.DateField(_("date"))
    auditor = models.CharField(
        _("made by"), max_length=200, help_text=_("“in-house”, or the name of the company.")
    )
    reference = models.CharField(_("version of the RGAA"), max_length=20, default="4.1.2")
    applicable = models.PositiveSmallIntegerField(
        _("criteria that apply"),
        validators=[MinValueValidator(1), MaxValueValidator(_MOST_CRITERIA)],
    )
    met = models.PositiveSmallIntegerField(
        _("criteria met"), validators=[MaxValueValidator(_MOST_CRITERIA)]
    )
    average_rate = models.DecimalField(
        _("average rate of the pages, in per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    pages = models.TextField(_("pages checked"), blank=True, help_text=_("One a line."))
    report_url = models.URLField(_("address of the report"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("reference")]),
        FieldPanel("auditor"),
        FieldRowPanel([FieldPanel("applicable"), FieldPanel("met"), FieldPanel("average_rate")]),
        FieldPanel("pages"),
        FieldPanel("report_url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(met__lte=models.F("applicable")),
                name="audit_met_within_applicable",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.met}/{self.applicable}"

    def clean(self) -> None:
        super().clean()
        if self.met is not None and self.applicable is not None and self.met > self.applicable:
            raise ValidationError({"met": _("No more criteria can be met than apply.")})

    @property
    def rate(self) -> str:
        return accessibility.rate(self.met, self.applicable)


class AccessibilityIssue(Orderable):
    """Something on the site that is not accessible: why, and what to do instead."""

    class Kind(models.TextChoices):
        NONCONFORMITY = "nonconformity", _("does not comply")
        DEROGATION = "derogation", _("derogation for disproportionate burden")
        EXEMPT = "exempt", _("outside the obligation")

    settings = ParentalKey(AccessibilitySettings, on_delete=models.CASCADE, related_name="issues")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    criterion = models.CharField(
        _("criterion of the RGAA"), max_length=5, blank=True, help_text=_("Its number: 1.1")
    )
    text = models.TextField(_("what is not accessible"))
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("A derogation must be explained and justified.")
    )
    alternative = models.TextField(_("what to use instead"), blank=True)
    mended_by = models.DateField(_("to be mended by"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("criterion"), FieldPanel("mended_by")]),
        FieldPanel("text"),
        FieldPanel("reason"),
        FieldPanel("alternative"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("content that is not accessible")
        verbose_name_plural = _("contents that are not accessible")

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        super().clean()
        if self.criterion and self.criterion not in accessibility.criteria():
            raise ValidationError(
                {"criterion": _("The RGAA has no such criterion. Expected: its number, like 1.1")}
            )
        if self.kind == self.Kind.DEROGATION and not self.reason.strip():
            raise ValidationError({"reason": _("A derogation must be explained and justified.")})

    @property
    def criterion_title(self) -> str:
        found = accessibility.criteria().get(self.criterion)
        return str(found) if found else ""


class AccessibilityPage(BasePage):
    """The accessibility statement. What it says comes from its settings; nothing is typed here."""

    max_count = 1
    subpage_types: list[str] = []
    template = "cms/legal/accessibility_page.html"

    class Meta:
        verbose_name = _("page of the accessibility statement")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        site = Site.find_for_request(request)
        found = (
            AccessibilitySettings.objects.filter(site=site)
            .select_related("scheme_page__locale", "plan_page__locale")
            .prefetch_related("audits", "issues")
            .first()
        )
        statement = found or AccessibilitySettings(site=site, entity="")
        audit = statement.audit_in_force()[0] if found else None
        issues = list(found.issues.all()) if found else []
        kinds = AccessibilityIssue.Kind
        return context | {
            "statement": statement,
            "audit": audit,
            "state": accessibility.state_of(audit.met, audit.applicable) if audit else "none",
            "nonconformities": [i for i in issues if i.kind == kinds.NONCONFORMITY],
            "derogations": [i for i in issues if i.kind == kinds.DEROGATION],
            "exempt": [i for i in issues if i.kind == kinds.EXEMPT],
        }


class PersonalDataPage(BasePage):
    """What the site keeps of people. The tables come from the code that keeps it."""

    max_count = 1
    subpage_types: list[str] = []
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    template = "cms/legal/personal_data_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page on personal data")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..legal import stored
        from ..streams import render_stream

        context = super().get_context(request, *args, **kwargs)
        return context | {
            "body": render_stream(self.body, {"page": self, "request": request}, []).html,
            "on_the_device": stored.on_the_device(),
            "in_the_database": stored.in_the_database(),
        }
