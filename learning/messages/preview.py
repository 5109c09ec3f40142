"""What a message looks like, with people and a session that do not exist."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.meta import absolute
from cms.templatetags.theme_tags import day

from ..models import MessageTemplate
from .originals import Words, original
from .writing import compose, when_in_words


def example(template: MessageTemplate) -> dict[str, Any]:
    """The mail that a fictitious person would read: what `mail/learning_message.html` shows."""
    words = (
        Words(template.subject, template.body)
        if template.subject and template.body
        else original(template.kind, template.language)
    )
    with translation.override(template.language):
        subject, body = compose(words, _values())
    return {
        "subject": subject,
        "body": body,
        "language": template.language,
        "site_name": settings.SITE_NAME,
        "site_origin": settings.SITE_ORIGIN,
    }


def _values() -> dict[str, str]:
    date = timezone.localdate() + dt.timedelta(days=30)
    return {
        "prenom": "Camille",
        "nom": "Exemple",
        "maison": _("Maison of Villeneuve (fictitious)"),
        "module": _("Reception and mediation (fictitious)"),
        "dates": f"{day(date)}, 09:00 – 17:00\n{day(date + dt.timedelta(days=1))}, 09:00 – 17:00",
        "lieu": _("Village hall, 1 place de la Mairie, Villeneuve"),
        "acces": _("Ten minutes from the station on foot; step-free entrance."),
        "consignes": _("Bring the case that puzzled you most."),
        "lien": absolute("/espace-pro/inscriptions/exemple/"),
        "site": settings.SITE_NAME,
        "rang": "2",
        "delai": f"{day(timezone.localdate() + dt.timedelta(days=2))}, 14:00",
        "changements": _("the place"),
        "motif": _("Too few people registered."),
        "quand": when_in_words(7),
        "formations": absolute("/espace-pro/formations/"),
    }
