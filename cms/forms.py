"""Forms of the media library, in the Wagtail admin."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from .pictures import UNREADABLE, check_content, damaged
from .uploads import check_document, check_recording
from .webvtt import check_captions


class PictureField(WagtailImageField):
    """Wagtail's own stops with a server error on a picture that was cut short."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except UNREADABLE:
            raise damaged() from None


class ImageForm(BaseImageForm):
    """A picture is described, or declared decorative: one of the two is said."""

    file = PictureField(label=gettext_lazy("File"), widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_content(file)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        described = data.get("alt_decision") == self._meta.model.AltDecision.DESCRIBED
        # Absent while the file is being sent: the other fields are asked for just after.
        asked = {"alt_decision", "description"} <= self.fields.keys()
        if asked and described and not (data.get("description") or "").strip():
            self.add_error(
                "description",
                _("Describe the picture for those who do not see it, or declare it decorative."),
            )
        return data


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file)
        return file


class RecordingForm(BaseMediaForm):
    """Captions must be shown by players, and pictures must be pictures."""

    def clean_file(self) -> Any:
        return self._checked("file", check_recording)

    def clean_captions(self) -> Any:
        return self._checked("captions", check_captions)

    def clean_captions_en(self) -> Any:
        return self._checked("captions_en", check_captions)

    def clean_thumbnail(self) -> Any:
        return self._checked("thumbnail", check_content)

    def _checked(self, name: str, check: Any) -> Any:
        file = self.cleaned_data[name]
        if isinstance(file, UploadedFile):
            check(file)
        return file
