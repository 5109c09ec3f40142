"""Telephone numbers: stored as E.164, shown as the French write them, linked with `tel:`."""

from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat

# Territories with their own numbering; elsewhere the national plan (+33).
_REGIONS = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
_FRENCH_PLANS = {33, 262, 508, 590, 594, 596}
_DIALLED_FROM_MAINLAND = ("GP", "MQ", "GF", "RE", "YT")
_LONGEST = 40


@dataclass(frozen=True)
class Phone:
    """A number: `e164` to store ("3949" for a short number), `display` to read, `uri` to link."""

    e164: str
    display: str

    @property
    def uri(self) -> str:
        return f"tel:{self.e164}"

    def __str__(self) -> str:
        return self.display


def parse_phone(text: str, department: str = "") -> Phone | None:
    """Read a number as typed in a department ("74", "971"); None when it cannot be one.

    A national number without its country takes the plan of the territory: the same digits
    written in Guadeloupe and in Haute-Savoie are two different links.
    """
    text = text.strip()
    digits = "".join(c for c in text if c.isdigit())
    if not digits.isascii() or len(text) > _LONGEST:
        return None
    if _is_short(text, digits):
        return Phone(e164=digits, display=_pairs(digits))
    number = _parse(text, digits, _REGIONS.get(department, "FR"))
    if number is None or number.extension or not phonenumbers.is_possible_number(number):
        return None
    return Phone(
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164), display=_display(number)
    )


def _parse(text: str, digits: str, region: str) -> phonenumbers.PhoneNumber | None:
    if region == "PM" and digits.startswith("0508") and len(digits) == 10:
        text = digits[4:]  # as it is dialled from the mainland
    number = _parse_in(text, region)
    if number and region == "FR" and not phonenumbers.is_valid_number(number):
        # 0590 12 34 56 is dialled from the mainland too, and is no number of the mainland.
        others = (_parse_in(text, other) for other in _DIALLED_FROM_MAINLAND)
        number = next((o for o in others if o and phonenumbers.is_valid_number(o)), number)
    return number


def _parse_in(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _is_short(text: str, digits: str) -> bool:
    """3949, 36 46, 1015, 116 006, 15: numbers that are dialled as they are."""
    if text.startswith("+") or digits.startswith("0"):
        return False
    return (len(digits) == 4 and digits[0] in "13") or (
        len(digits) == 6 and digits.startswith("11")
    )


def _pairs(digits: str) -> str:
    if len(digits) == 6:
        return f"{digits[:3]} {digits[3:]}"
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def _display(number: phonenumbers.PhoneNumber) -> str:
    national = phonenumbers.national_significant_number(number)
    if number.country_code in _FRENCH_PLANS and len(national) == 9:
        return _pairs(f"0{national}")
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
