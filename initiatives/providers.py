"""What the initiatives give to the other apps."""

from cms import registry

from .exporting import INITIATIVES


class DemoLoader:
    # After the Maisons, whose projects they are; before the Bulletin, which embeds one.
    order = 48

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import load

        load()


registry.demo_loaders.register("initiatives", DemoLoader())
registry.export_kinds.register(INITIATIVES.code, INITIATIVES)


@registry.admin_permissions.provide("initiatives")
def admin_permissions() -> dict[str, list[str]]:
    return {role: ["initiatives.*"] for role in ("editor", "chief-editor", "national-team")}
