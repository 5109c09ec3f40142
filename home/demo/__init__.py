"""Demonstration content of the site: the home page, pages of text, the menus."""

from pathlib import Path

from cms import registry

FOLDER = Path(__file__).parent


class SiteLoader:
    # After the Bulletin, which the home page and the menus lead to.
    order = 80

    def load(self, verbosity: int = 1) -> None:
        from . import rules
        from .loader import load

        rules.load(FOLDER / "rules.yaml")
        load(FOLDER)


registry.demo_loaders.register("site", SiteLoader())
