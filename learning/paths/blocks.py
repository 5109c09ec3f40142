"""The content of a unit: one block, whose name is the code of its type (`learning.paths.unit_types`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks import BodyStreamBlock, StructBlock, samples
from cms.blocks.media import VideoBlock
from cms.blocks.text import RichTextBlock

from ..assignments.blocks import AssignmentUnitBlock
from ..quizzes.unit_block import QuizUnitBlock


class TextUnitBlock(StructBlock):
    body = BodyStreamBlock(label=_("Text"))

    class Meta:
        label = _("To read")
        icon = "doc-full"
        template = "learning/paths/units/text.html"
        description = _("A text made of blocks.")
        preview_value = {
            "body": [
                {
                    "type": "rich_text",
                    "value": "<p>Avant d’ouvrir un navigateur, lisez le courrier ensemble.</p>",
                }
            ]
        }


class VideoUnitBlock(StructBlock):
    recording = VideoBlock(label=_("Video"))
    introduction = RichTextBlock(label=_("What to look for"), required=False)

    def get_preview_value(self):
        recording = {"video": samples.recording(), "title": "Visite d’une Maison", "caption": ""}
        said = "<p>Regardez où se tient l’agent.</p>"
        return self.to_python({"recording": recording, "introduction": said})

    class Meta:
        label = _("Video")
        icon = "media"
        template = "learning/paths/units/video.html"
        description = _("A recording with captions and transcript.")


class DocumentUnitBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    introduction = RichTextBlock(label=_("How to read it"))

    def get_preview_value(self):
        found = samples.documents(1)
        said = "<p>Lisez la première page, puis cherchez votre Maison dans le tableau.</p>"
        return self.to_python({"document": found[0] if found else None, "introduction": said})

    class Meta:
        label = _("Document")
        icon = "doc-full-inverse"
        template = "learning/paths/units/document.html"
        description = _("A file to read, and how to read it.")


class LinkUnitBlock(StructBlock):
    url = blocks.URLBlock(label=_("Address"))
    site = blocks.CharBlock(label=_("Name of the site"), max_length=120)
    introduction = RichTextBlock(label=_("What to do there"))

    class Meta:
        label = _("Elsewhere")
        icon = "link-external"
        template = "learning/paths/units/link.html"
        description = _("Something to do on another site.")
        preview_value = {
            "url": "https://www.service-public.fr/",
            "site": "service-public.fr",
            "introduction": "<p>Cherchez la démarche que l’on vous demande le plus souvent.</p>",
        }


class SessionUnitBlock(StructBlock):
    module = blocks.PageChooserBlock(label=_("Module"), page_type="learning.TrainingModulePage")
    introduction = RichTextBlock(label=_("Why to come"), required=False)

    def get_preview_value(self):
        from ..models import TrainingModulePage

        module = TrainingModulePage.objects.live().order_by("path").values_list("pk", flat=True)
        said = "<p>Venez avec un cas qui vous a résisté.</p>"
        return self.to_python({"module": module.first(), "introduction": said})

    class Meta:
        label = _("Session in person")
        icon = "group"
        template = "learning/paths/units/session.html"
        description = _("A module to attend in person: its coming sessions are shown.")


class ReplayUnitBlock(StructBlock):
    webinar = blocks.PageChooserBlock(label=_("Webinar"), page_type="learning.WebinarPage")
    introduction = RichTextBlock(label=_("What to look for"), required=False)

    def get_preview_value(self):
        from ..models import WebinarPage

        found = WebinarPage.objects.live().order_by("path").values_list("pk", flat=True)
        said = "<p>Notez le moment où l’agent passe la main.</p>"
        return self.to_python({"webinar": found.first(), "introduction": said})

    class Meta:
        label = _("Webinar replay")
        icon = "media"
        template = "learning/webinars/unit.html"
        description = _(
            "The recording of a webinar, with its chapters, its transcript and its notes."
        )


class UnitContentBlock(blocks.StreamBlock):
    """What a unit is: exactly one of these."""

    text = TextUnitBlock()
    video = VideoUnitBlock()
    document = DocumentUnitBlock()
    link = LinkUnitBlock()
    session = SessionUnitBlock()
    assignment = AssignmentUnitBlock()
    quiz = QuizUnitBlock()
    replay = ReplayUnitBlock()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"min_num": 1, "max_num": 1, **kwargs})
