"""Files of training: documents of a module for members, files of a session for those registered."""

from pathlib import PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from cms.models.files import StoredFile, upload_to
from cms.models.media import PATH_LENGTH
from cms.storages import private_storage

from ..kinds import IN_PLAY
from .sessions import Session


class ModuleDocument(Orderable):
    """A document of a module that members of the network alone read.

    What the public reads is in a block of the page.
    """

    # `cms.media_use` does not open them with the page: `learning.files` says who reads them.
    files_are_private = True

    page = ParentalKey(
        "learning.TrainingModulePage", on_delete=models.CASCADE, related_name="member_documents"
    )
    document = models.ForeignKey(
        "cms.SiteDocument",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document for members")
        verbose_name_plural = _("documents for members")

    def __str__(self) -> str:
        return str(self.document)


class SessionFileQuerySet(models.QuerySet["SessionFile"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those of the sessions that one runs or is registered for: the only way to list them."""
        from .registrations import Registration

        if not getattr(user, "is_authenticated", False):
            return self.none()
        coming = Registration.objects.filter(user=user, state__in=IN_PLAY)
        return self.filter(
            Q(session__in=Session.objects.run_by(user)) | Q(session__in=coming.values("session"))
        )


class SessionFile(StoredFile):
    """A file that trainers give to those registered: the programme, slides, what to read."""

    kind = "seances"

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="files"
    )
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH
    )
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    # The same form sent twice is one file.
    submission = models.UUIDField(unique=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added on"), default=timezone.now)

    objects = SessionFileQuerySet.as_manager()

    personal_data_retention = _(
        "As long as the record of the session; whoever added it, the account."
    )

    class Meta:
        verbose_name = _("file of a session")
        verbose_name_plural = _("files of sessions")
        ordering = ["added_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return self.file.url

    @property
    def file_extension(self) -> str:
        return PurePosixPath(self.file.name).suffix[1:]

    @property
    def get_file_size(self) -> int:
        return self.size

    def stored_names(self) -> list[str]:
        return [self.file.name]
