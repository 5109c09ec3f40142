"""Forms of the editors."""

from typing import Any

from cms.page_forms import FreshRevisionForm
from cms.request_scope import remember

NEW_SECTION = "bulletin-section-of-the-new-article"


class ArticleForm(FreshRevisionForm):
    """Starts in the section from which "Add an article" was chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = remember(NEW_SECTION, lambda: None)
        if section and not self.instance.pk and "section" in self.fields:
            self.initial["section"] = section
