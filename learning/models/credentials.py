"""What completing a path leaves: an attestation, its badge (Open Badges 3.0), the lists that revoke them."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import AppendOnlyModel
from .closing import NumberedPdf
from .progress import Enrolment


class StatusList(models.Model):
    """A list of bits, one for each badge: 1 once it is revoked. Signed and published, without any name.

    Its row is locked while a place is drawn, so that no place is given twice.
    """

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    # Places given. Only half of a list is ever given: the next one is drawn at once.
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("status list of badges")
        verbose_name_plural = _("status lists of badges")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.uuid)


class BadgeKey(models.Model):
    """A key that signs badges. Retired, its public half stays published and its private half is gone."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    algorithm = models.CharField(max_length=10, default="RS256")
    # A JWK (RFC 7517) without its private members.
    public = models.JSONField()
    # PKCS #8, encrypted (`learning.credentials.keys`); empty once retired.
    private = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("key of badges")
        verbose_name_plural = _("keys of badges")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=models.Q(retired_at=None), name="badge_key_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("badges:key", args=[self.uuid])


class PathCertificateQuerySet(models.QuerySet["PathCertificate"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own, those of the cohorts one is named on, all for the national team."""
        from ..credentials.rules import certificates_seen_by

        return certificates_seen_by(self, user)

    def standing(self) -> Self:
        """Those that nobody revoked; they may have run out."""
        return self.filter(revocation=None)


class PathCertificate(NumberedPdf):
    """The attestation of one completed enrolment, never rewritten: what is wrong is revoked.

    `code` opens the public page; whoever holds the document has it. Nothing about the person stands
    in the badge, whose holder is `holder`, an identifier drawn for this attestation alone.
    """

    folder = "path-certificates"

    code = models.CharField(_("verification code"), max_length=32, unique=True)
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    holder = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status_list = models.ForeignKey(
        StatusList, on_delete=models.PROTECT, related_name="certificates"
    )
    status_index = models.PositiveIntegerField()
    # The signed badge (VC-JWT), once it is signed.
    badge = models.TextField(blank=True, editable=False)

    objects = PathCertificateQuerySet.as_manager()

    class Meta(NumberedPdf.Meta):
        verbose_name = _("attestation of a path")
        verbose_name_plural = _("attestations of paths")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(replaces=None),
                name="path_certificate_once",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="status_index_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("learning:path-certificate", args=[self.uuid])

    def get_check_url(self) -> str:
        return reverse("learning:verify", args=[self.code])

    @property
    def revoked(self) -> "PathCertificateRevocation | None":
        return getattr(self, "revocation", None)

    @property
    def has_run_out(self) -> bool:
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def is_valid(self) -> bool:
        return self.revoked is None and not self.has_run_out

    @property
    def filename(self) -> str:
        return f"attestation-{self.number.lower()}.pdf"


class PathCertificateRevocation(AppendOnlyModel):
    """Why an attestation counts no more. It cannot be taken back: another attestation replaces it."""

    certificate = models.OneToOneField(
        PathCertificate,
        verbose_name=_("attestation"),
        on_delete=models.PROTECT,
        related_name="revocation",
    )
    at = models.DateTimeField(_("revoked on"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(_("why it is revoked"), max_length=255)

    personal_data_retention = _("As long as the attestation.")

    class Meta:
        verbose_name = _("revocation of an attestation")
        verbose_name_plural = _("revocations of attestations")
        ordering = ["-at"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.certificate} – {self.at:%Y-%m-%d}"
