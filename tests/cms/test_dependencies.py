"""What the running code imports is installed with it: `make run` has none of the tools of development."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "main.lock"


def plain(name):
    """The name of a distribution as locks write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked():
    return {plain(name) for name in re.findall(r"^([\w.-]+)==", LOCK.read_text(), flags=re.M)}


def imported(path):
    """Top-level names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def test_every_package_that_runs_is_in_the_lock_that_is_installed_to_run():
    there, homes = locked(), packages_distributions()
    ours = {*settings.OUR_APPS, *sys.stdlib_module_names}
    missing = set()
    for app in settings.OUR_APPS:
        for path in (ROOT / app).rglob("*.py"):
            if path.name == "factories.py":  # For tests and benchmarks.
                continue
            for name in set(imported(path)) - ours:
                if not {plain(home) for home in homes.get(name, [])} & there:
                    missing.add((name, str(path.relative_to(ROOT))))
    assert not missing
