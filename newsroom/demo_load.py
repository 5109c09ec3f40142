"""Loads the demonstration of this app, subject by subject. What exists is left as it is."""

from cms import registry


class DemoLoader:
    # After the Bulletin, whose pictures it shows; before the home page and the menus.
    order = 60

    def load(self, verbosity: int = 1) -> None:
        from .demo_pages import load

        load()


registry.demo_loaders.register("newsroom", DemoLoader())
