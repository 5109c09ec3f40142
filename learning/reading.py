"""What the pages of the catalogue show. See `templates/learning/`."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from accounts.threads import queries as threads
from cms.streams import render_stream

from . import discussions, queries
from .files import queries as files
from .forms import CatalogueFilters
from .webinars import queries as webinars
from .words import half_day_of

if TYPE_CHECKING:
    from .models import CataloguePage, TrainingModulePage

SHOWN = 6
# On the first screen of the catalogue.
FIRST = 3


def catalogue_context(page: "CataloguePage", request: HttpRequest) -> dict[str, Any]:
    form = CatalogueFilters(request.GET)
    listing = queries.catalogue(page, request.user, form)
    return {
        "listing": listing,
        "groups": queries.grouped(list(listing.page.object_list)),
        "sessions": [] if form.query() else queries.coming(request.user)[:FIRST],
        "paths": queries.paths_of(page, request.user),
        "webinars": webinars.shelf(page, request.user),
    }


def module_context(page: "TrainingModulePage", request: HttpRequest) -> dict[str, Any]:
    from .evaluations.results import satisfaction_of

    rendered = render_stream(
        page.body, {"page": page, "request": request}, page.footnotes.get_object_list()
    )
    # Sessions belong to the French page, whatever the language in which it is read.
    coming = queries.coming(request.user).filter(module__translation_key=page.translation_key)
    sessions = list(coming[:SHOWN])
    count = len(page.programme)
    return {
        "programme": [
            (half_day_of(number, count), block) for number, block in enumerate(page.programme)
        ],
        "first": next(iter(sessions), None),
        "body": rendered.html,
        "footnotes": rendered.notes,
        "sessions": sessions,
        "satisfaction": satisfaction_of(page),
        "trainers": list(page.trainers.all()) if request.user.is_authenticated else [],
        "documents": files.documents_of(page, request.user),
        "discussion": threads.latest(discussions.KIND, page.translation_key, request.user),
    }
