"""What the Bulletin gives to the other apps."""

from cms import registry


class DemoLoader:
    order = 50

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import Loader

        Loader().run()


registry.demo_loaders.register("bulletin", DemoLoader())
