"""The attestation on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.factories import UserFactory
from learning.closing.documents import Unprintable
from learning.credentials import documents, services
from learning.credentials.factories import make_certificate
from learning.models import PathCertificate
from learning.paths.factories import make_path
from tests.support.documents import assert_pdf_ua

pytestmark = pytest.mark.django_db


@pytest.mark.pdf
def test_the_attestation_is_pdf_ua_on_one_page_and_says_what_is_needed(tmp_path):
    titles = [{"title": f"Étape numéro {number} du parcours"} for number in range(14)]
    made = make_certificate(
        UserFactory(first_name="Camille", last_name="Dupont"), make_path(*titles, title="Écouter")
    )
    made.facts["seconds"] = 2 * 3600
    fresh = services.revoke(made, by=UserFactory(role="national-team"), reason="x", replace=True)
    fresh = PathCertificate.objects.select_related("replaces").get(pk=fresh.pk)
    content = [documents.attestation(made), documents.attestation(fresh)]
    assert [len(PdfReader(BytesIO(each)).pages) for each in content] == [1, 1]
    text = PdfReader(BytesIO(content[0])).pages[0].extract_text()
    for said in (made.number, made.code, "Camille Dupont", "Écouter", "Étape numéro 13", "2\xa0h"):
        assert said in text, said
    assert made.number in PdfReader(BytesIO(content[1])).pages[0].extract_text()
    assert_pdf_ua(content, tmp_path)


def test_a_name_without_drawing_in_our_font_fails_with_its_cause():
    made = make_certificate()
    made.facts["name"] = "ꙮ"
    with pytest.raises(Unprintable, match="ꙮ"):
        documents.attestation(made)
