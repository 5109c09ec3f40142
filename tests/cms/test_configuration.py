"""Every environment variable that the code reads is in `docs/configuration.md`, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "configuration.md"
NAME = r"([A-Z][A-Z0-9_]+)"
READ = re.compile(
    rf"\benv(?:\.\w+)?\(\s*[\"']{NAME}[\"']"
    rf"|environ(?:\.(?:get|setdefault|pop)\(|\[)\s*[\"']{NAME}[\"']"
    rf"|\$\{{{NAME}[:}}]"
)
# Of the machine or of tools, and not for an installation to choose.
NOT_OURS = {
    *("PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "DJANGO_ALLOW_ASYNC_UNSAFE"),
    *("PYTEST_XDIST_WORKER",),
    # Set by one of our scripts for another.
    *("PYTHON", "UV", "TEST_RUN"),
}


def code_files():
    from django.conf import settings

    for folder in (*settings.OUR_APPS, "scripts", "bench", "tests", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in {"", ".py"}:
                yield path
    yield from (ROOT / name for name in ("manage.py", "gunicorn.conf.py", "Makefile", "Procfile"))


def variables_in(text):
    return {name for found in READ.finditer(text) for name in found.groups() if name}


def read_by_the_code():
    files = [path for path in code_files() if path != Path(__file__)]
    return {name for path in files for name in variables_in(path.read_text())} - NOT_OURS


def documented():
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE.read_text(), flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(rf"`{NAME}`", row)}


def test_every_variable_is_documented_and_every_documented_one_is_read():
    assert read_by_the_code() == documented()


def test_each_row_says_default_and_meaning():
    for row in re.findall(r"^\| `.*", PAGE.read_text(), flags=re.MULTILINE):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 3 and all(cells), row


def test_every_way_of_reading_is_seen():
    read = "env.int(\n 'AA', 1) env(\"BB\") os.environ['CC'] os.environ.get(\"DD\") ${EE:-x} ${FF}"
    assert variables_in(read) == {"AA", "BB", "CC", "DD", "EE", "FF"}
