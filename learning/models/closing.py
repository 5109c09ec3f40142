"""What closing a session leaves: certificates, a report, evidence; and past attendance brought in."""

import hashlib
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..kinds import CertificateKind, EvidenceKind, FileState, ImportState, NumberSeries
from .base import AppendOnlyModel
from .registrations import Registration
from .sessions import Session


class StoredPdf(models.Model):
    """A PDF that is made once, kept with its hash, and never made again.

    `facts` are what it says, frozen when it was asked for; the file itself follows, by a task.
    """

    State = FileState
    folder: ClassVar[str] = ""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    facts = models.JSONField(_("what it says"), default=dict)
    file_state = models.CharField(
        _("file"), max_length=8, choices=FileState.choices, default=FileState.PENDING, db_index=True
    )
    error = models.CharField(_("why it failed"), max_length=500, blank=True)
    # A name in the private storage; empty until the file is made.
    path = models.CharField(max_length=255, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True, editable=False)
    size = models.PositiveIntegerField(_("size"), default=0, editable=False)
    made_at = models.DateTimeField(_("made on"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_ready(self) -> bool:
        return self.file_state == FileState.READY

    @property
    def filename(self) -> str:
        raise NotImplementedError

    def is_unaltered(self, content: bytes) -> bool:
        """Whether these bytes are those that were stored."""
        return bool(self.sha256) and hashlib.sha256(content).hexdigest() == self.sha256


class NumberedPdf(StoredPdf):
    """A proof of training: numbered, kept for ten years, replaced by another and never rewritten."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    issued_at = models.DateTimeField(_("issued on"), default=timezone.now)
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )

    personal_data_retention = _(
        "Ten years after issue, as proof of training; then erased with their file."
    )

    class Meta:
        abstract = True
        ordering = ["-issued_at", "-pk"]
        default_permissions = ("view",)


class CertificateCounter(models.Model):
    """The last number given in a year for a kind. Its row is locked while one is taken."""

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=NumberSeries.choices)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of certificates")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["year", "kind"], name="certificate_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind}: {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own, those of the sessions one is named on, all for the national team."""
        from ..closing.rules import certificates_seen_by

        return certificates_seen_by(self, user)

    def valid(self) -> Self:
        return self.filter(revoked_at=None)


class Certificate(NumberedPdf):
    """A document about one person's attendance. Corrected by another one, never rewritten."""

    Kind = CertificateKind
    folder = "certificates"

    kind = models.CharField(_("kind"), max_length=10, choices=CertificateKind.choices)
    registration = models.ForeignKey(
        Registration,
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("issued by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoke_reason = models.CharField(_("why it is revoked"), max_length=255, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta(NumberedPdf.Meta):
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind"],
                condition=models.Q(revoked_at=None),
                name="certificate_valid_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("learning:certificate", args=[self.uuid])

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def filename(self) -> str:
        named = {
            CertificateKind.ATTENDANCE: "attestation-de-presence",
            CertificateKind.COMPLETION: "certificat-de-realisation",
        }
        return f"{named[CertificateKind(self.kind)]}-{self.number.lower()}.pdf"


class SessionReport(StoredPdf):
    """The report of a closed session: one."""

    folder = "session-reports"

    session = models.OneToOneField(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="report"
    )

    class Meta:
        verbose_name = _("report of a session")
        verbose_name_plural = _("reports of sessions")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} – {self.session}"

    @property
    def filename(self) -> str:
        return f"bilan-session-{self.uuid}.pdf"


class EvidenceQuerySet(models.QuerySet["TrainingEvidence"]):
    def standing(self) -> Self:
        """What counts: neither withdrawn, nor a withdrawal."""
        return self.filter(kind=EvidenceKind.TRAINED, withdrawn_by=None)


class TrainingEvidence(AppendOnlyModel):
    """Dated evidence that an agent of a Maison was trained, by an operator or by the national team.

    It stays with the Maison when the person has left. A correction is a row that withdraws it.
    """

    Kind = EvidenceKind

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices)
    maison = models.ForeignKey(
        "maisons.Maison", verbose_name=_("Maison"), on_delete=models.PROTECT, related_name="+"
    )
    operator = models.ForeignKey(
        "maisons.Operator",
        verbose_name=_("operator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the national team."),
    )
    module = models.ForeignKey(
        "learning.TrainingModulePage",
        verbose_name=_("module"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    date = models.DateField(_("date"))
    registration = models.ForeignKey(
        Registration,
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    withdraws = models.OneToOneField(
        "self",
        verbose_name=_("withdraws"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="withdrawn_by",
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    personal_data_retention = _("As long as the Maison; it holds no name.")

    class Meta:
        verbose_name = _("evidence of training")
        verbose_name_plural = _("evidence of training")
        ordering = ["-date", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["maison", "date"], name="evidence_of_maison")]

    def __str__(self) -> str:
        return f"{self.maison} – {self.module} – {self.date}"


class AttendanceImport(models.Model):
    """A file of past attendance: read, shown, then written as a whole; undone as a whole."""

    State = ImportState

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField(
        _("state"), max_length=8, choices=ImportState.choices, default=ImportState.STAGED
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought in by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("read on"), default=timezone.now)
    applied_at = models.DateTimeField(_("written on"), null=True)
    undone_at = models.DateTimeField(_("undone on"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    imported = models.PositiveIntegerField(_("lines imported"), default=0)
    sessions = models.ManyToManyField(
        Session, verbose_name=_("sessions made"), related_name="attendance_imports"
    )

    personal_data_retention = _(
        "The lines of the file thirty days; what was imported, as the registration."
    )

    class Meta:
        verbose_name = _("import of past attendance")
        verbose_name_plural = _("imports of past attendance")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("learning:import", args=[self.uuid])


class AttendanceImportRow(models.Model):
    """A line of such a file as it was read, what is wrong with it, and what it became."""

    source = models.ForeignKey(AttendanceImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("what it says"), default=dict)
    problem = models.CharField(_("why it is rejected"), max_length=300, blank=True)
    known = models.BooleanField(_("already recorded"), default=False)
    registration = models.ForeignKey(
        Registration, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    personal_data_retention = _("Thirty days.")

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of an import")
        ordering = ["line", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.line}"
