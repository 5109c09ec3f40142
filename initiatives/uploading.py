"""Pictures and documents that members add to a sheet: put in the library, then in the draft."""

import json
from typing import Any

from wagtail.models import Collection

from accounts.models import User
from cms.models import SiteDocument, SiteImage

from .contributing import note_upload
from .models import ProjectSheetPage

COLLECTION = "Fiches des initiatives"
MOST = 12


def collection() -> Collection:
    """Where editors find what members sent."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def store(form: Any, sheet: ProjectSheetPage, user: User) -> list[Any]:
    """Put the files of a valid form in the library. Returns them, for `add` or `forget`."""
    data, made = form.cleaned_data, []
    if data["picture"]:
        made.append(_store_picture(data, user))
    if data["document"]:
        made.append(_store_document(data, user))
    for file in made:
        note_upload(sheet, file, user)
    return made


def _store_picture(data: dict[str, Any], user: User) -> SiteImage:
    image = SiteImage(
        title=data["picture_alt"][:255],
        description=data["picture_alt"],
        credit=data["picture_credit"],
        collection=collection(),
        uploaded_by_user=user,
        file=data["picture"],
    )
    image._set_image_file_metadata()
    image.save()
    return image


def _store_document(data: dict[str, Any], user: User) -> SiteDocument:
    document = SiteDocument(
        title=data["document_title"],
        collection=collection(),
        uploaded_by_user=user,
        file=data["document"],
    )
    document.save()
    return document


def forget(files: list[Any]) -> None:
    """Take back what was stored for a version that could not be kept."""
    for file in files:
        file.delete()


def arrange(sheet: ProjectSheetPage, posted: Any, files: list[Any], form: Any) -> None:
    """Put the pictures and documents of a working copy in order: captions, those taken out, new ones.

    posted: the data of the form (`out-images-<uuid>`, `caption-<uuid>`, `main`).
    """
    pictures = [_picture(block.value, posted) for block in sheet.pictures if block.value["image"]]
    kept = [row for row in pictures if row]
    documents = [
        block.value["document"].pk
        for block in sheet.files
        if block.value["document"] and f"out-{block.value['document'].uuid}" not in posted
    ]
    main = sheet.listing_image
    if main is not None and f"out-{main.uuid}" in posted:
        sheet.listing_image = main = None
    for file in files:
        if isinstance(file, SiteImage):
            kept.append(_row(file, form.cleaned_data["picture_caption"]))
            if sheet.listing_image is None:
                sheet.listing_image = file
        else:
            documents.append(file.pk)
    chosen = posted.get("main", "")
    for block in sheet.pictures:
        image = block.value["image"]
        if image and str(image.uuid) == chosen and f"out-{image.uuid}" not in posted:
            sheet.listing_image = image
    sheet.pictures = json.dumps([{"type": "picture", "value": row} for row in kept[:MOST]])
    sheet.files = json.dumps(
        [{"type": "file", "value": {"document": pk}} for pk in documents[:MOST]]
    )


def _picture(value: Any, posted: Any) -> dict[str, Any] | None:
    image = value["image"]
    if f"out-{image.uuid}" in posted:
        return None
    caption = posted.get(f"caption-{image.uuid}", value["caption"] or "")
    row = _row(image, str(caption)[:200])
    alt = getattr(image, "contextual_alt_text", None)
    if alt:
        row["image"]["alt_text"] = alt
    return row


def _row(image: SiteImage, caption: str) -> dict[str, Any]:
    return {
        "image": {
            "image": image.pk,
            "alt_text": image.description,
            "decorative": not image.description,
        },
        "caption": caption,
        "credit": "",
    }
