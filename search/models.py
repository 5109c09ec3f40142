"""The index of the database's own search, what editors promote, and what was not found.

The index can be thrown away and made anew (`manage.py rebuild_search`): it holds copies alone. Who may
see what is never in it, but asked when someone searches.
"""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import BasePage

_NONE = _("None: copies of the site's own content.")


class Document(models.Model):
    """One thing that can be found, in one language. `digest` tells whether it changed."""

    source = models.SlugField(max_length=40)
    key = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    group = models.CharField(max_length=64, blank=True)
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    places = models.TextField(blank=True)
    body = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)
    digest = models.CharField(max_length=64)

    personal_data_retention = _NONE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "language"], name="search_document_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of the documents of one language, with its two stems.

    `written` has its accents; `stem` is made from it, `plain_stem` from the word without accents, as
    many people type it. In French they differ: mobilité has the stems mobil and mobilit.
    """

    language = models.CharField(max_length=5)
    text = models.CharField(max_length=40)
    written = models.CharField(max_length=60)
    stem = models.CharField(max_length=40, db_index=True)
    plain_stem = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "language"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.written


class Posting(models.Model):
    """That a word is in a document, and how much it counts there, all fields together.

    `head` tells that it is in the title.
    """

    pk = models.CompositePrimaryKey("word_id", "document_id")
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    weight = models.FloatField()
    head = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.word_id} in {self.document_id}"


class StaleDocument(models.Model):
    """A document that changed since it was indexed. Written in the transaction that changed it, one
    row each time, so that a change made while the index works is not lost."""

    source = models.SlugField(max_length=40)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class IndexState(models.Model):
    """One row: a version that each change of the index makes anew, and how many documents it holds.

    Not a number: after a rollback or a restored backup, the same one would tell of something else.
    """

    version = models.CharField(max_length=32, blank=True)
    documents = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.version


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def in_force(self) -> Self:
        """Those whose dates hold today."""
        today = timezone.localdate()
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today)
        )


class Promotion(models.Model):
    """A page that editors put before the results of some words."""

    words = models.TextField(
        _("words"),
        max_length=2000,
        help_text=_(
            "One search a line. The page comes first when all the words of a line are searched, in any"
            " order, number or case, with or without accents."
        ),
    )
    page = models.ForeignKey(
        BasePage, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(
        _("why this page"),
        max_length=200,
        blank=True,
        help_text=_("Shown under its title. Empty: the page's own summary."),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=1, validators=[MinValueValidator(1)]
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.first_words} → {self.page.title}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    @property
    def first_words(self) -> str:
        return self.lines[0] if self.lines else ""

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = _("The end comes before the beginning.")
        from .text import words

        if not all(words(line, stop=False) for line in self.lines):
            errors["words"] = _("Each line holds one word at least.")
        if errors:
            raise ValidationError(errors)


class EmptySearch(models.Model):
    """How often words were searched on a day and led to nothing. Nobody is named: no account, no
    address, no hour; what looks like an e-mail address or holds a digit is left out of the words."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("words"), max_length=100)
    count = models.PositiveIntegerField(_("searches"), default=1)

    personal_data_retention = _("180 days. Words alone, counted by day.")

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "words"], name="search_empty_once")
        ]

    def __str__(self) -> str:
        return self.words
