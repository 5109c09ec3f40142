"""The public page: who holds the code or the file is answered, nobody else."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.closing.factories import CertificateFactory
from learning.credentials import services, verification
from learning.credentials.factories import make_certificate
from learning.models import Certificate, PathCertificate
from learning.paths.factories import make_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(plain):
    person = UserFactory(first_name="Camille", last_name="Dupont")
    make_certificate(person, make_path(title="Accompagner"))
    run_all()
    return PathCertificate.objects.get()


def see(client, code):
    return client.get(f"/verifier/{code}/")


def send(client, content, address="/verifier/", name="recu.pdf"):
    file = SimpleUploadedFile(name, content)
    return client.post(address, {"fichier": file}).content.decode()


def test_the_code_shows_what_is_needed_and_no_more(client, row, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        answer = see(client, row.code)
    page = answer.content.decode()
    for said in ("Camille Dupont", "Accompagner", row.number, row.sha256, "verdict--valid"):
        assert said in page
    assert row.enrolment.user.email not in page and str(row.enrolment.uuid) not in page
    assert 'name="robots" content="noindex' in page
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_a_code_may_be_typed_as_people_type(client, row):
    typed = row.code.lower().replace("-", " ")
    answer = client.get("/verifier/", {"code": f"  {typed} "})
    assert answer["Location"] == row.get_check_url()


@pytest.mark.parametrize("code", ["2222-2222-2222-2222", "x", "2026-AP-000001-XXXXX", "0" * 200])
def test_a_wrong_code_gets_a_page_that_says_so(client, code):
    answer = see(client, code)
    assert answer.status_code == 404 and 'name="code"' in answer.content.decode()


def test_the_number_does_not_open_the_page_but_says_what_to_type(client, row):
    answer = see(client, row.number)
    page = answer.content.decode()
    assert answer.status_code == 404 and "Camille" not in page
    assert verification.is_number_of_path(row.number)


def test_codes_cannot_be_guessed_and_cannot_be_tried_by_the_thousand(client, clock, row):
    codes = {services.draw_code() for _ in range(300)}
    assert len(codes) == 300 and all(len(code.replace("-", "")) == 16 for code in codes)
    assert {see(client, "2222-2222-2222-2222").status_code for _ in range(25)} == {404, 429}


def test_revoked_replaced_and_run_out_are_told_apart_and_the_reason_is_not_public(client, row):
    national = UserFactory(role="national-team")
    fresh = services.revoke(row, by=national, reason="Motif confidentiel", replace=True)
    page = see(client, row.code).content.decode()
    assert "verdict--replaced" in page and "Motif confidentiel" not in page
    assert fresh.number not in page and fresh.code not in page
    PathCertificate.objects.filter(pk=fresh.pk).update(valid_until=dt.date(2020, 1, 1))
    assert "verdict--expired" in see(client, fresh.code).content.decode()
    services.revoke(fresh, by=national, reason="Encore")
    assert "verdict--revoked" in see(client, fresh.code).content.decode()


def test_the_very_file_is_recognised_and_a_changed_one_is_not(client, row):
    content = f"%PDF {row.number}".encode()
    for address in ("/verifier/", row.get_check_url()):
        assert "notice--success" in send(client, content, address)
        assert "notice--error" in send(client, content + b" ", address)
    assert "Camille Dupont" in send(client, content)
    assert "Camille" not in send(client, content + b" ")


def test_a_badge_is_recognised_as_text_or_baked_and_a_forged_one_is_not(client, row):
    from learning.credentials import baking

    baked = baking.picture("Accompagner", "MSAP", row.badge)
    for content in (row.badge.encode(), baked):
        assert "notice--success" in send(client, content, name="badge")
    forged = row.badge[:-6] + ("AAAAAA" if not row.badge.endswith("AAAAAA") else "BBBBBB")
    assert "notice--error" in send(client, forged.encode())


def test_any_file_gets_a_page(client):
    for content in (b"\xff\xfe\x00", b"a.b.c", b"x", b"<svg/>"):
        assert "notice--error" in send(client, content)


def test_certificates_of_sessions_are_verified_on_the_same_page_without_a_name(client):
    certificate = CertificateFactory()
    page = see(client, certificate.number.lower()).content.decode()
    assert certificate.facts["module"] in page and "verdict--valid" in page
    assert certificate.facts["name"] not in page
    Certificate.objects.update(revoked_at="2026-01-01T00:00:00Z")
    assert "verdict--revoked" in see(client, certificate.number).content.decode()
    old = client.get(f"/attestations/{certificate.number}/")
    assert (old.status_code, old["Location"]) == (301, f"/verifier/{certificate.number}/")


def test_the_catalogue_leads_to_the_page_and_the_sitemap_does_not(client):
    from learning.factories import catalogue

    page = client.get(catalogue().get_url()).content.decode()
    assert reverse("learning:verify-ask") in page
    assert "/verifier/<" not in client.get("/sitemap.xml").content.decode()


@given(st.text(max_size=60))
def test_whatever_is_typed_is_put_in_one_form(typed):
    once = verification.normal(typed)
    assert verification.normal(once) == once
