"""Who reads which file of training."""

from typing import Any

from django.db.models import QuerySet

from cms.models import SiteDocument

from ..kinds import HOLDING
from ..models import ModuleDocument, Registration, Session, SessionFile, TrainingModulePage
from ..rules import is_member_of_the_network


def documents_of(page: TrainingModulePage, user: Any) -> list[SiteDocument]:
    """The documents of a module for members; none for a visitor."""
    if not is_member_of_the_network(user):
        return []
    return [row.document for row in page.member_documents.select_related("document")]


def files_of(session: Session, user: Any) -> QuerySet[SessionFile]:
    return SessionFile.objects.visible_to(user).filter(session=session)


def may_read(user: Any, file: Any) -> bool:
    """For `cms.registry.file_readers`: a file of a session, or a document of a module for members."""
    if isinstance(file, SessionFile):
        return SessionFile.objects.visible_to(user).filter(pk=file.pk).exists()
    if isinstance(file, SiteDocument) and is_member_of_the_network(user):
        shown = TrainingModulePage.objects.visible_to(user).values("pk")
        return ModuleDocument.objects.filter(document=file, page__in=shown).exists()
    return False


def holders_of(session: Session) -> list[Any]:
    """The people who hold a place, to tell them of a new file."""
    rows = Registration.objects.filter(session=session, state__in=HOLDING).select_related("user")
    return [row.user for row in rows]
