"""The papers at the root say what they must."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


def test_publiccode_has_what_its_standard_requires():
    """publiccode.yml 0.4, the keys that it calls mandatory."""
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert code["publiccodeYmlVersion"] == "0.4"
    assert {"name", "url", "platforms", "categories", "developmentStatus", "softwareType"} <= set(
        code
    )
    assert code["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    for text in code["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
    assert code["legal"]["license"] == "MIT"
    assert code["maintenance"]["contacts"]
    assert set(code["localisation"]["availableLanguages"]) == {"fr", "en"}


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
)
def test_the_paper_is_there(name):
    assert (ROOT / name).stat().st_size > 500


def test_every_page_that_the_papers_name_exists():
    import re

    missing = {
        (paper, name)
        for paper in ("README.md", "CONTRIBUTING.md", "SECURITY.md")
        for name in re.findall(
            r"`((?:docs|scripts|requirements)/[\w./-]+)`", (ROOT / paper).read_text()
        )
        if not (ROOT / name).exists()
    }
    assert not missing


@pytest.mark.parametrize("target", ["run", "dev", "test", "check", "bench", "backup", "restore"])
def test_make_has_the_target(target):
    assert f"\n{target}: " in (ROOT / "Makefile").read_text()
