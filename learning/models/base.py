"""What several models of training share."""

from typing import Any, NoReturn

from django.db import models


class AppendOnly(TypeError):
    """What happened is not rewritten."""


class AppendOnlyModel(models.Model):
    """A row that is written once: neither changed nor taken away. Raises AppendOnly."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(f"{self._meta.label} is written once.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(f"{self._meta.label} is never taken away.")
