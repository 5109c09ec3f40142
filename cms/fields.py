"""Model fields of the foundation."""

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """A StreamField whose blocks stay out of the migration state.

    The blocks are code, not schema: the column is JSON whatever they are. Wagtail writes each
    definition into migrations, which then grow with every edit. The empty `block_lookup` must be
    there: without it `makemigrations` never settles.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, path, [[]], kwargs
