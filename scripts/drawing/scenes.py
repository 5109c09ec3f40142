"""Every picture: name → function that returns the inside of a 1600×900 SVG."""

from collections.abc import Callable

Scene = Callable[[], str]
SCENES: dict[str, Scene] = {}


def scene(name: str) -> Callable[[Scene], Scene]:
    def register(function: Scene) -> Scene:
        SCENES[name] = function
        return function

    return register
