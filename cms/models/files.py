"""What every uploaded file has, and which pages use it."""

import secrets
import uuid
from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from ..visibility import visible_pages

NAME_LENGTH = 60


def safe_name(filename: str) -> str:
    """A file name that is the same on every system: "Été n° 2.PDF" becomes "ete-n-2.pdf"."""
    path = PurePosixPath(filename.replace("\\", "/"))
    stem = slugify(path.stem)[:NAME_LENGTH].strip("-_") or "fichier"
    extension = slugify(path.suffix)[:8]
    return f"{stem}.{extension}" if extension else stem


def upload_to(instance: "StoredFile", filename: str) -> str:
    """kind/identifier/version/name: neither can be guessed, and a new file has a new address."""
    return f"{instance.kind}/{instance.uuid}/{secrets.token_hex(4)}/{safe_name(filename)}"


def _admit(model: type[Page]) -> Any:
    return getattr(model, "files_admit", None)


class FileQuerySet(models.QuerySet):
    def visible_to(self, user: Any | None) -> "FileQuerySet":
        """Files that a page which this person may see uses: the only way to list files to readers."""
        kind = self.model.kind  # type: ignore[attr-defined]
        uses = FileUse.objects.filter(kind=kind, file_id=OuterRef("pk"))
        # Pages that keep their files for some are read where they are, and listed nowhere.
        keeping = [model._meta for model in get_page_models() if _admit(model)]
        if keeping:
            names = [meta.model_name for meta in keeping]
            uses = uses.exclude(
                page__content_type__app_label__in={meta.app_label for meta in keeping},
                page__content_type__model__in=names,
            )
        return self.filter(Exists(visible_pages(uses, user, prefix="page__")))


class StoredFile(models.Model):
    """A file named by an identifier that says nothing. `kind` is the first part of its address."""

    kind = ""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def stored_names(self) -> list[str]:
        """The names in the storage of the files that readers of a page which uses it may read."""
        raise NotImplementedError

    def editor_names(self) -> list[str]:
        """Those that editors alone may read."""
        return []


class FileUse(models.Model):
    """The published content of a page uses a file. Written with it, in the same transaction.

    Whether the page is live and who may see it is read from the page at each request, so that
    unpublishing, restricting or moving it has nothing more to write.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=16)
    file_id = models.PositiveBigIntegerField(_("file"))

    class Meta:
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of files")
        constraints = [
            models.UniqueConstraint(fields=["page", "kind", "file_id"], name="cms_file_use_once")
        ]
        indexes = [models.Index(fields=["kind", "file_id"], name="cms_file_use_of")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.kind} {self.file_id}"
