"""What the worker does for the search."""

from cms.tasks import background

from . import indexing


@background()
def refresh() -> None:
    """Bring to the index what changed. Idempotent."""
    indexing.drain()


@background(attempts=2)
def reconcile() -> None:
    """Compare the whole index with the content: mends what no signal told (a theme renamed…)."""
    indexing.rebuild()
