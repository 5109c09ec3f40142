"""A browser test waits for the page that a key or a click brings, before it reads it.

`press` and `click` come back when the next page has begun; on a busy machine its end comes later, and a
test that reads at once reads half of it. `expect` and `wait_for` wait; `BROWSER_LAG_MS` shows who does not.
"""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
ACTS = {"press", "click"}
AT_ONCE = {"is_visible", "is_hidden", "is_checked", "is_enabled", "is_disabled"}
AT_ONCE |= {"count", "inner_text", "text_content", "get_attribute", "input_value", "title"}


def called(node: ast.AST) -> set[str]:
    """The names of what `node` calls, as methods or as functions."""
    calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    return {
        each.attr if isinstance(each, ast.Attribute) else each.id
        for each in calls
        if isinstance(each, ast.Attribute | ast.Name)
    }


def read_too_early(source: str) -> Iterator[str]:
    """Each statement of `source` that reads a page just after a key or a click, without waiting."""
    for node in ast.walk(ast.parse(source)):
        for body in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(body, list):
                for act, then in pairwise(body):
                    acted = isinstance(act, ast.Expr) and called(act) & ACTS
                    reads = isinstance(then, ast.Assert) and called(then) & AT_ONCE
                    if acted and (reads or "assert_axe_clean" in called(then)):
                        yield f"line {then.lineno}: {ast.unparse(then)}"


@pytest.mark.parametrize(
    "reading, early",
    [
        ("assert page.locator('#result').is_visible()", 1),
        ("assert_axe_clean(page)", 1),
        ("expect(page.locator('#result')).to_be_visible()\nassert_axe_clean(page)", 0),
        ("page.wait_for_url('**/next/')\nassert page.title() == 'Next'", 0),
    ],
)
def test_a_page_read_at_once_is_found(reading, early):
    source = f"page.locator('button').press('Enter')\n{reading}"
    assert len(list(read_too_early(source))) == early


def test_no_browser_test_reads_a_page_before_it_is_there():
    found = {
        str(path.relative_to(TESTS)): early
        for path in sorted(TESTS.rglob("test_*.py"))
        if (early := list(read_too_early(path.read_text(encoding="utf-8"))))
    }
    assert not found
