"""Numbers are shown by pairs and linked whole, in the plan of their territory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.phones import parse_phone
from cms.templatetags.places import phone_link


@pytest.mark.parametrize(
    ("typed", "department", "display", "uri"),
    [
        ("0450568749", "74", "04 50 56 87 49", "tel:+33450568749"),
        ("+33 4 50 56 87 49", "", "04 50 56 87 49", "tel:+33450568749"),
        ("04.50.56.87.49", "74", "04 50 56 87 49", "tel:+33450568749"),
        ("0033450568749", "74", "04 50 56 87 49", "tel:+33450568749"),
        ("0590 12 34 56", "971", "05 90 12 34 56", "tel:+590590123456"),
        ("0590 12 34 56", "75", "05 90 12 34 56", "tel:+590590123456"),
        ("0596 55 55 55", "972", "05 96 55 55 55", "tel:+596596555555"),
        ("0262 90 90 90", "974", "02 62 90 90 90", "tel:+262262909090"),
        ("41 25 00", "975", "+508 41 25 00", "tel:+508412500"),
        ("0508 41 25 00", "975", "+508 41 25 00", "tel:+508412500"),
        ("3949", "75", "39 49", "tel:3949"),
        ("116 006", "75", "116 006", "tel:116006"),
    ],
)
def test_a_number_reads_by_pairs_and_dials_in_its_territory(typed, department, display, uri):
    phone = parse_phone(typed, department)
    assert (phone.display, phone.uri) == (display, uri)


@pytest.mark.parametrize(
    "typed", ["", "néant", "04 50", "12345678901234567890", "٠٤٥٠٥٦٨٧٤٩", "0" * 99]
)
def test_what_is_no_number_is_none(typed):
    assert parse_phone(typed) is None


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it_and_what_is_stored_reads_back_the_same(text):
    phone = parse_phone(text)
    if phone:
        assert parse_phone(phone.e164) == phone


def test_a_link_carries_the_whole_number_and_escapes_the_rest():
    assert (
        phone_link("0450568749", "74")
        == '<a class="phone" href="tel:+33450568749">04 50 56 87 49</a>'
    )
    assert phone_link("<b>", "74") == "<b>"
