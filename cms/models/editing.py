"""What helps those who keep the site: templates, links and pictures found in pages, reviews."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

URL_LENGTH = 1000


class PageTemplate(models.Model):
    """An ordinary page, published or not, from whose content others may be started."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(
        _("name of the template"), max_length=120, help_text=_("As editors will choose it.")
    )
    description = models.CharField(
        _("what it is for"), max_length=255, blank=True, help_text=_("When to start from it.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("date and time"), auto_now_add=True)

    personal_data_retention = _("As long as the template; anonymous once the account is erased.")

    class Meta:
        verbose_name = _("page template")
        verbose_name_plural = _("page templates")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class PageReview(models.Model):
    """Somebody read a page again and found it still true."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="review")
    at = models.DateTimeField(_("checked on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    personal_data_retention = _("As long as the page; anonymous once the account is erased.")

    class Meta:
        verbose_name = _("review of a page")
        verbose_name_plural = _("reviews of pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.at:%Y-%m-%d}"


class PageScan(models.Model):
    """When the links and pictures of a page were last read."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("read on"))

    class Meta:
        verbose_name = _("reading of a page")
        verbose_name_plural = _("readings of pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.at:%Y-%m-%d %H:%M}"


class ExternalAddress(models.Model):
    """An address of another site to which our pages lead, and what it last answered."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not checked yet")
        WORKS = "works", _("Works")
        DOUBTFUL = "doubtful", _("Did not answer, to be asked again")
        BROKEN = "broken", _("Broken")
        BY_HAND = "by-hand", _("Refuses robots, to be checked by hand")

    url = models.CharField(_("address"), max_length=URL_LENGTH, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    detail = models.CharField(_("answer"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    checked_at = models.DateTimeField(_("checked on"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("to be checked on"), null=True, db_index=True)

    class Meta:
        verbose_name = _("external address")
        verbose_name_plural = _("external addresses")

    def __str__(self) -> str:
        return self.url


class PageLink(models.Model):
    """A link in the public version of a page."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        DOCUMENT = "document", _("Document")
        PATH = "path", _("Address of the site")
        EXTERNAL = "external", _("Other site")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    # A number rather than a key: what is sought are targets that no longer exist.
    target_id = models.PositiveBigIntegerField(null=True)
    url = models.CharField(_("address"), max_length=URL_LENGTH, blank=True)
    address = models.ForeignKey(
        ExternalAddress, null=True, on_delete=models.CASCADE, related_name="links"
    )
    answers = models.BooleanField(_("answers"), default=True)
    text = models.CharField(_("text of the link"), max_length=255, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    found_at = models.DateTimeField(_("found on"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["kind", "target_id"], name="cms_link_target")]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.url or self.target_id}"


class PictureUse(models.Model):
    """A picture in the latest version of a page whose alternative text may be missing."""

    class Decision(models.TextChoices):
        HERE = "here", _("Neither described nor declared decorative in the page")
        LIBRARY = "library", _("Takes its description from the library")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey("cms.SiteImage", on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices)
    place = models.CharField(_("place"), max_length=120, blank=True)
    found_at = models.DateTimeField(_("found on"))

    class Meta:
        verbose_name = _("picture in a page")
        verbose_name_plural = _("pictures in pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.image_id}"
