"""Who reads the recording and the documents of a webinar: neither is opened by its public page."""

from typing import Any

from cms import registry
from cms.models import SiteDocument, SiteMedia

from ..models import Webinar, WebinarDocument, WebinarPage
from ..rules import is_member_of_the_network
from .kinds import WebinarState


def may_read(user: Any, file: Any) -> bool:
    """Members read the documents, and the recording once the webinar is over; its team, before."""
    if not isinstance(file, SiteDocument | SiteMedia) or not is_member_of_the_network(user):
        return False
    pages = WebinarPage.objects.visible_to(user)
    if isinstance(file, SiteDocument):
        return WebinarDocument.objects.filter(document=file, page__in=pages.values("pk")).exists()
    keys = pages.filter(recording=file).order_by().values("translation_key")
    rows = list(Webinar.objects.filter(uuid__in=keys))
    return any(
        row.state == WebinarState.REPLAY or user.has_perm("learning.run_webinar", row)
        for row in rows
    )


registry.file_readers.register("learning.webinars", may_read)
