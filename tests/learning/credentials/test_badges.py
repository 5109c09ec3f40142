"""Badges, read from the texts of the standards and by a library that did not sign them.

OB: Open Badges Specification 3.0 (1EdTech). VCDM: Verifiable Credentials Data Model 2.0 (W3C).
BSL: Bitstring Status List 1.0 (W3C). Nothing here imports what makes them, but to make them.
"""

import base64
import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
import zlib

import pytest
from django.core.management import call_command
from django.test import Client
from joserfc import jwk, jwt
from joserfc.errors import BadSignatureError

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.credentials import keys, services
from learning.credentials.factories import make_certificate
from learning.models import BadgeKey, PathCertificate, StatusList
from learning.paths.factories import make_path

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def origin(settings):
    settings.SITE_ORIGIN = SITE


def get(address):
    """What anybody gets at a public address of the site, without cookies."""
    assert address.startswith(SITE)
    return Client().get(address.removeprefix(SITE))


def part(token, number):
    text = token.split(".")[number]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def key_of(token):
    """OB § 8.2.6, steps 1 and 2: the key to which `kid` leads."""
    return jwk.RSAKey.import_key(get(part(token, 0)["kid"]).json())


def checked(token):
    """OB § 8.2.6, step 4: the claims, once joserfc has verified the signature."""
    return jwt.decode(token, key_of(token), algorithms=["RS256"]).claims


def bit(token, place):
    """BSL § 3.2 and § 3.4, by hand: one bit of the list in a signed status credential."""
    listed = checked(token)["credentialSubject"]["encodedList"]
    assert listed[0] == "u" and "=" not in listed
    packed = base64.urlsafe_b64decode(listed[1:] + "=" * (-len(listed[1:]) % 4))
    bits = zlib.decompress(packed, wbits=16 + zlib.MAX_WBITS)  # RFC 1952
    assert len(bits) * 8 >= 131_072
    return bits[place // 8] >> (7 - place % 8) & 1


@pytest.fixture
def person():
    return UserFactory(email="camille.dupont@example.org", first_name="Camille", last_name="Dupont")


@pytest.fixture
def row(person, plain):
    make_certificate(person, make_path(title="Accompagner le numérique"))
    run_all()
    return PathCertificate.objects.get()


def test_ob_8_2_3_the_header_has_alg_rs256_a_kid_that_is_an_address_and_typ_jwt_only(row):
    header = part(row.badge, 0)
    assert set(header) == {"alg", "kid", "typ"}
    assert header["alg"] == "RS256" and header["typ"] == "JWT"
    assert header["kid"].startswith(f"{SITE}/badges/cles/")


def test_ob_8_2_4_1_claims_are_those_of_the_credential_which_stands_at_the_top(row):
    said = checked(row.badge)
    assert said["iss"] == said["issuer"]["id"]
    assert said["jti"] == said["id"]
    assert said["sub"] == said["credentialSubject"]["id"]
    from_ = dt.datetime.fromisoformat(said["validFrom"])
    assert said["nbf"] == from_.timestamp()
    assert "exp" not in said and "validUntil" not in said
    assert "vc" not in said  # VC-JOSE-COSE § 1.1.2.1: it must not be there


def test_ob_8_2_4_1_exp_says_the_same_as_valid_until(person):
    made = make_certificate(person)
    PathCertificate.objects.filter(pk=made.pk).update(valid_until=dt.date(2100, 3, 1))
    run_all()
    said = checked(PathCertificate.objects.get().badge)
    assert said["validUntil"] == "2100-03-01T22:59:59Z"  # the last second of the day in Paris
    assert said["exp"] == dt.datetime.fromisoformat(said["validUntil"]).timestamp()


def test_ob_8_2_6_a_changed_badge_is_refused(row):
    head, _body, signature = row.badge.split(".")
    said = part(row.badge, 1)
    said["credentialSubject"]["achievement"]["name"] = "Autre chose"
    forged = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    with pytest.raises(BadSignatureError):
        checked(f"{head}.{forged}.{signature}")


def test_vcdm_4_3_and_ob_b_1_2_contexts_come_in_order_and_types_name_both(row):
    said = checked(row.badge)
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert re.fullmatch(
        r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.\d\.\d\.json", said["@context"][1]
    )
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    # VCDM § 4.9 and OB § B.1.2: 3.0 renamed these.
    assert not {"issuanceDate", "expirationDate"} & set(said)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said["validFrom"])
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said["id"])


def test_ob_b_1_3_the_subject_has_an_achievement_with_criteria(row):
    subject = checked(row.badge)["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", subject["id"])
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    for needed in ("id", "name", "description", "criteria"):
        assert achievement[needed], needed
    assert achievement["name"] == "Accompagner le numérique"
    assert achievement["criteria"]["narrative"]
    assert achievement["image"]["type"] == "Image"
    assert get(achievement["id"]).json()["criteria"] == achievement["criteria"]
    assert get(achievement["image"]["id"])["Content-Type"] == "image/svg+xml"


def test_ob_b_1_20_the_issuer_is_a_profile_that_its_address_gives(row):
    issuer = checked(row.badge)["issuer"]
    assert issuer["type"] == ["Profile"] and issuer["name"]
    answer = get(issuer["id"])
    found = answer.json()
    assert (found["id"], found["type"]) == (issuer["id"], ["Profile"])
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_nothing_in_the_badge_leads_to_the_person(row, person):
    said = json.dumps(part(row.badge, 1)).lower()
    for word in (person.email, "camille", "dupont", str(person.uuid), "@example", row.code.lower()):
        assert word not in said, word
    assert "identifier" not in said and "mailto" not in said and "sha256$" not in said


def test_two_badges_of_one_person_have_nothing_in_common_that_names_them(row, person):
    second = make_certificate(person)
    run_all()
    second.refresh_from_db()
    first, other = (checked(each.badge)["credentialSubject"]["id"] for each in (row, second))
    assert first != other


# -- Status ----------------------------------------------------------------------------------------


def test_bsl_2_1_the_entry_names_its_list_and_a_place_written_in_base_ten(row):
    entry = checked(row.badge)["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusPurpose"] == "revocation"
    assert entry["statusListIndex"] == str(row.status_index)
    assert entry["id"] != entry["statusListCredential"]


def test_bsl_2_2_the_list_is_a_signed_credential_of_the_same_issuer(row):
    listed = checked(row.badge)["credentialStatus"]["statusListCredential"]
    answer = get(listed)
    assert answer["Content-Type"] == "application/vc+jwt"
    token = answer.content.decode()
    said = checked(token)
    assert said["@context"] == ["https://www.w3.org/ns/credentials/v2"]
    assert said["id"] == said["jti"] == listed
    assert "BitstringStatusListCredential" in said["type"]
    assert said["issuer"] == said["iss"] == checked(row.badge)["issuer"]["id"]
    subject = said["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    assert part(token, 0)["typ"] == "vc+jwt"


def test_bsl_2_2_a_copy_is_kept_no_longer_than_it_is_valid(row):
    answer = get(checked(row.badge)["credentialStatus"]["statusListCredential"])
    kept = int(re.search(r"public, max-age=(\d+)", answer["Cache-Control"]).group(1))
    said = checked(answer.content.decode())
    assert 0 < kept <= said["exp"] - said["nbf"]


def test_bsl_3_2_the_bit_of_a_revoked_badge_alone_is_one(row):
    others = [make_certificate() for _ in range(3)]
    services.revoke(row, by=UserFactory(role="national-team"), reason="Erreur")
    entry = checked(row.badge)["credentialStatus"]
    token = get(entry["statusListCredential"]).content.decode()
    assert bit(token, int(entry["statusListIndex"])) == 1
    assert [bit(token, other.status_index) for other in others] == [0, 0, 0]
    listed = checked(token)["credentialSubject"]["encodedList"]
    packed = base64.urlsafe_b64decode(listed[1:] + "=" * (-len(listed[1:]) % 4))
    bits = zlib.decompress(packed, wbits=16 + zlib.MAX_WBITS)
    assert sum(byte.bit_count() for byte in bits) == 1


def test_the_list_names_nobody_and_does_not_grow_with_the_number_of_badges(
    row, django_assert_max_num_queries
):
    address = f"/badges/statuts/{StatusList.objects.get().uuid}/"
    with django_assert_max_num_queries(5):
        token = Client().get(address).content.decode()
    assert len(token) < 3000 and str(row.uuid) not in json.dumps(part(token, 1))


# -- Keys ------------------------------------------------------------------------------------------


def test_ob_8_5_no_private_member_is_ever_published(row):
    published = get(f"{SITE}/.well-known/jwks.json").json()["keys"]
    published.append(get(part(row.badge, 0)["kid"]).json())
    for key in published:
        assert not {"d", "p", "q", "dp", "dq", "qi"} & set(key)
        assert key["kty"] == "RSA" and key["use"] == "sig" and key["alg"] == "RS256"


def test_a_retired_key_stays_published_and_what_it_signed_still_verifies(row, person):
    call_command("rotate_badge_key", verbosity=0)
    fresh = make_certificate(person)
    run_all()
    fresh.refresh_from_db()
    assert part(fresh.badge, 0)["kid"] != part(row.badge, 0)["kid"]
    published = jwk.KeySet.import_key_set(get(f"{SITE}/.well-known/jwks.json").json())
    for token in (row.badge, fresh.badge):
        assert jwt.decode(token, published, algorithms=["RS256"]).claims["jti"]
    retired = BadgeKey.objects.exclude(retired_at=None).get()
    assert retired.private == ""
    # The list, of which the badge of the retired key is a part, is signed with the new one.
    token = get(checked(row.badge)["credentialStatus"]["statusListCredential"]).content.decode()
    assert part(token, 0)["kid"] == part(fresh.badge, 0)["kid"]


def test_the_private_half_does_not_open_with_another_secret(row, settings):
    assert "ENCRYPTED PRIVATE KEY" in BadgeKey.objects.get().private
    settings.BADGE_KEY_SECRET = "another"
    with pytest.raises(keys.KeyLocked, match="rotate_badge_key"):
        keys.sign({})
    call_command("rotate_badge_key", verbosity=0)
    assert keys.sign({"iss": "x"})


def test_a_list_that_cannot_be_signed_is_away_for_a_time(client, settings):
    make_certificate(UserFactory())
    run_all()
    address = f"/badges/statuts/{StatusList.objects.get().uuid}/"
    assert client.get(address).status_code == 200
    settings.BADGE_KEY_SECRET = "another"
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] and "no-store" in answer["Cache-Control"]


def test_a_token_of_somebody_else_is_none_of_ours(row):
    theirs = jwk.RSAKey.generate_key(2048)
    kid = part(row.badge, 0)["kid"]
    forged = jwt.encode({"alg": "RS256", "kid": kid}, part(row.badge, 1), theirs)
    assert keys.read(row.badge)["jti"] and keys.read(forged) is None
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": kid}).encode()).decode()
    assert keys.read(f"{none.rstrip('=')}.{row.badge.split('.')[1]}.") is None


# -- Files -----------------------------------------------------------------------------------------


def test_ob_5_1_and_5_3_2_the_holder_alone_gets_the_badge_as_text_and_baked(client, row, person):
    base = f"/espace-pro/attestations/parcours/{row.uuid}"
    for other in (UserFactory(), UserFactory(role="national-team")):
        client.force_login(other)
        assert client.get(f"{base}/badge.jwt").status_code == 404
    client.force_login(person)
    text = client.get(f"{base}/badge.jwt")
    assert text.content.decode() == row.badge and text["Content-Type"].startswith("text/plain")
    baked = client.get(f"{base}/badge.svg")
    assert "attachment" in baked["Content-Disposition"]
    drawn = ET.fromstring(baked.content)
    assert drawn[0].tag == "{https://purl.imsglobal.org/ob/v3p0}credential"
    assert drawn[0].attrib == {"verify": row.badge}
    assert len(drawn.findall(".//{https://purl.imsglobal.org/ob/v3p0}credential")) == 1


def test_a_title_with_any_character_still_gives_a_picture():
    from learning.credentials import baking

    drawn = baking.picture("<L’accueil & « moi »> " * 9, "MSAP", "a.b.c")
    assert ET.fromstring(drawn) is not None
    assert baking.carried(drawn) == "a.b.c"
