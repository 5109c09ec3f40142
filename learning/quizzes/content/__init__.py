"""What a question consists of, as JSON and as objects, and how an answer to it is graded. No database.

    content = from_json({"kind": "single", "text": "<p>…</p>", "choices": [
        {"id": "a", "text": "…", "fraction": 1, "feedback": "…"}, …]})   # cleans; raises InvalidContent
    to_json(content)                      # what is stored
    load(stored)                          # what was stored, without cleaning it again
    grade(content, "a")                   # Graded(score, verdict, parts, feedback)

Texts are HTML: whole paragraphs for the question and the feedback, within a line for choices, pairs, options
and items. A response is what somebody answered, as JSON:

    single          "a"                            the choice
    multiple        ["a", "c"]                     the choices
    true_false      "true" or "false"
    matching        {"pair": "option", …}
    ordering        ["item", "item", …]            in the order given
    short, numeric  "what was written"

What is not of this shape, or names what the question does not hold, is dropped, and None means unanswered.
"""

from .arranging import Item, Matching, Option, Ordering, Pair, matching_of
from .base import (
    MOST_GRADE,
    MOST_PARTS,
    Content,
    Graded,
    InvalidContent,
    Kind,
    Part,
    Response,
    Verdict,
    new_id,
)
from .choosing import Choice, Multiple, Single, TrueFalse
from .grading import grade
from .parsing import from_json, load, to_json
from .written import Numeric, NumericAnswer, NumericUnit, Short, ShortAnswer

__all__ = [
    "MOST_GRADE",
    "MOST_PARTS",
    "Choice",
    "Content",
    "Graded",
    "InvalidContent",
    "Item",
    "Kind",
    "Matching",
    "Multiple",
    "Numeric",
    "NumericAnswer",
    "NumericUnit",
    "Option",
    "Ordering",
    "Pair",
    "Part",
    "Response",
    "Short",
    "ShortAnswer",
    "Single",
    "TrueFalse",
    "Verdict",
    "from_json",
    "grade",
    "load",
    "matching_of",
    "new_id",
    "to_json",
]
