"""Model fields of the foundation."""

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField

from .blocks.raw import give_identifiers


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

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        if isinstance(prepared, list):
            give_identifiers(self.stream_block, prepared)
        return prepared
