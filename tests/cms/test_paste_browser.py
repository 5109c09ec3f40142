"""Straight into a text block, a word processor's text keeps paragraphs, lists and links."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from cms.factories import StandardPageFactory
from cms.models import StandardPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLES = Path(__file__).parent / "clipboard"
PASTE = """([html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "x");
  const editor = document.querySelector(".Draftail-Editor [contenteditable=true]");
  editor.focus();
  editor.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  );
}"""


def test_bold_and_styles_of_a_word_processor_do_not_enter_a_text_block(page, context, live_server):
    user = User.objects.create_superuser("root@example.org", password="x")
    client = Client()
    client.force_login(user)
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    target = StandardPageFactory(body=json.dumps([{"type": "rich_text", "value": "<p></p>"}]))
    page.goto(f"/admin/pages/{target.pk}/edit/")
    page.wait_for_selector(".Draftail-Editor [contenteditable=true]")
    page.evaluate(PASTE, [(SAMPLES / "word.html").read_text(encoding="utf-8")])
    value = page.locator('input[name="body-0-value"], textarea[name="body-0-value"]').first
    page.wait_for_function(
        "() => document.querySelector('[name=\"body-0-value\"]').value.includes('Ayen')"
    )
    content = json.loads(value.input_value())
    assert {
        style["style"] for block in content["blocks"] for style in block["inlineStyleRanges"]
    } == set()
    assert {entity["type"] for entity in content["entityMap"].values()} <= {"LINK"}
    assert "sur son site" in json.dumps(content, ensure_ascii=False)
    text = "\n".join(block["text"] for block in content["blocks"])
    assert "·" not in text and "[1]" not in text
    assert StandardPage.objects.get(pk=target.pk).latest_revision is None
