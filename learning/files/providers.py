"""What the files of training give to the other apps."""

from typing import Any

from django.db.models.signals import post_delete
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.notify import Kind
from cms import registry
from cms.models import BinEntry

from ..models import SessionFile
from ..notifications import _named
from ..running import tabs
from . import queries, services, url_cases  # noqa: F401

tabs.register(tabs.Tab("documents", "learning:session-documents", gettext_lazy("Documents"), 15))

registry.stored_files.register(SessionFile.kind, SessionFile)
registry.file_readers.register("learning", queries.may_read)
registry.bin_kinds.register(services.BIN.code, services.BIN)
post_delete.connect(services.forget_file, sender=BinEntry, dispatch_uid="learning.session_file")


def _file(context: dict[str, Any]) -> str:
    return gettext("“%(file)s”, on the page of your registration.") % context


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        ("file_add", _("Give a document"), _("Document given to those registered")),
        ("file_remove", _("Take a document away"), _("Document taken away")),
    ):
        actions.register_action(f"learning.{action}", label, message)


_KIND = Kind(
    code="learning.file",
    label=gettext_lazy("A document is given for a session of mine"),
    title=_named(gettext_noop("A new document: %(session)s")),
    text=_file,
)
registry.notification_kinds.register(_KIND.code, _KIND)


class PersonalData:
    retention = {"learning.SessionFile": SessionFile.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = SessionFile.objects.filter(added_by=user)
        return {"session_files": list(rows.values("title", "added_at"))}

    def erase(self, user: Any) -> None:
        SessionFile.objects.filter(added_by=user).update(added_by=None)


registry.personal_data.register("learning.files", PersonalData())
