"""Which messages wait for a moderator before others see them. The rule is dated, and said in the form."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import urlize

from ..models import Message, MessageState

# In force since then: the first message of somebody new, and any message that leads out of the site.
RULE_OF = dt.date(2026, 11, 28)
HREF = re.compile(r'href="(https?://[^"]*)"', re.IGNORECASE)


def is_held(author: Any, text: str) -> bool:
    """Whether a message of this author, who does not moderate, is read before it is shown."""
    return is_new(author) or leads_out(text)


def is_new(author: Any) -> bool:
    """No message of theirs was ever shown."""
    return not Message.objects.filter(author=author, state=MessageState.SHOWN).exists()


def leads_out(text: str) -> bool:
    """Whether readers would find in it a link to another site: what is a link is what they can follow."""
    own = urlsplit(settings.SITE_ORIGIN).hostname
    return any(_host(url) != own for url in HREF.findall(urlize(text, autoescape=True)))


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
