"""Forms of the editors."""

from cms.recordings import RecordedPageForm


class VideoForm(RecordedPageForm):
    """A video is published with its captions and its transcript; a draft may lack them."""
