"""What the addresses of this app answer to each role, beyond those of all pages."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, public


@registry.url_cases.provide("newsroom")
def cases() -> Iterator[Case]:
    from . import factories

    event = factories.event()
    for page in (
        factories.news_index(),
        factories.news(),
        factories.agenda(),
        event,
        factories.video_index(),
        factories.video(),
        factories.publication_index(),
        factories.publication(),
    ):
        yield Case(page.get_url(), public())
    yield Case(f"{factories.news_index().get_url()}flux/", public())
    yield Case(f"{factories.agenda().get_url()}calendrier/", public())
    yield Case(f"{event.get_url()}calendrier/", public())
    yield Case(factories.news(live=False).url or "/actualites/brouillon/", public(404))
