"""What becomes of each type of question, as a table: the parsers follow it and the documentation shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .found import Verdict

EXACT, LOSSY, REFUSED = Verdict.EXACT, Verdict.LOSSY, Verdict.REFUSED


@dataclass(frozen=True)
class Type:
    """verdict: the best that becomes of it. note: what it becomes, or why it is refused."""

    code: str
    verdict: Verdict
    note: Any


_NO_EQUAL = _("Nothing here asks such a question: write it anew.")
# Types of Moodle XML, those of plugins that are common in France included.
MOODLE = {
    each.code: each
    for each in (
        Type("category", EXACT, _("The theme of the questions after it.")),
        Type("multichoice", EXACT, _("One answer, or several.")),
        Type("multichoiceset", EXACT, _("Several answers, all or nothing.")),
        Type("truefalse", EXACT, _("True or false.")),
        Type("matching", EXACT, _("Matching, misleading answers included.")),
        Type(
            "ordering",
            EXACT,
            _("Putting in order; graded by place, whatever way of counting it had."),
        ),
        Type("shortanswer", EXACT, _("Short answer: accents count, as there.")),
        Type("numerical", EXACT, _("A number, with its tolerance and units.")),
        Type(
            "description",
            REFUSED,
            _("A text without a question: put it in a unit to read."),
        ),
        Type("essay", REFUSED, _("A free text, which a person must mark: make it an assignment.")),
        Type("multianswer", REFUSED, _NO_EQUAL),
        Type("cloze", REFUSED, _NO_EQUAL),
        Type("calculated", REFUSED, _("Its numbers are drawn at random: write one case of it.")),
        Type(
            "calculatedsimple", REFUSED, _("Its numbers are drawn at random: write one case of it.")
        ),
        Type(
            "calculatedmulti", REFUSED, _("Its numbers are drawn at random: write one case of it.")
        ),
        Type("ddwtos", REFUSED, _NO_EQUAL),
        Type("ddmarker", REFUSED, _NO_EQUAL),
        Type("ddimageortext", REFUSED, _NO_EQUAL),
        Type("gapselect", REFUSED, _NO_EQUAL),
        Type("randomsamatch", REFUSED, _NO_EQUAL),
        Type("random", REFUSED, _("A quiz draws questions at random by itself.")),
    )
}
GIFT = {
    each.code: each
    for each in (
        Type("$CATEGORY", EXACT, _("The theme of the questions after it.")),
        Type("multichoice", EXACT, _("One answer, or several when none is whole.")),
        Type("truefalse", EXACT, _("True or false.")),
        Type("matching", EXACT, _("Matching, misleading answers included.")),
        Type("shortanswer", EXACT, _("Short answer: accents count, as there.")),
        Type("numerical", EXACT, _("A number with its tolerance, or between two bounds.")),
        Type("missingword", EXACT, _("The hole is written as a line.")),
        Type("essay", REFUSED, MOODLE["essay"].note),
        Type("description", REFUSED, MOODLE["description"].note),
    )
}
# What a question of any type may hold and that is lost, each said in the report.
LOSSES = (
    _("A picture is not in the file, or is refused as any upload is: it is named, and left out."),
    _("A picture has no alternative text: it is noted in the bank, to be written."),
    _("Its drawings (SVG) are left out."),
    _("Its recordings and frames are left out."),
    _("Its formulas stay as they are written, and are not drawn."),
    _("Its attached files are left out."),
    _("Its hints are left out."),
    _("Its tags are left out."),
    _("The order of its answers may change: a quiz decides it."),
    _("Only some of its items would have been asked: all are."),
    _("It was graded another way: here each item at its place counts."),
    _("A missing unit would have cost points: here it costs nothing."),
    _("It was hidden there: here it can be asked."),
)
