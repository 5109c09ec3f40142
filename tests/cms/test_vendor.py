"""What static/vendor/ holds is what its manifest says, under licences that the project accepts."""

import json
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "vendor"))
LICENCES = {"MIT", "ISC", "OFL-1.1", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0"}


def test_every_vendored_file_is_the_one_of_the_manifest():
    assert SCRIPT["differences"]() == []


def test_every_vendored_package_has_an_accepted_licence_and_its_text():
    packages = json.loads((ROOT / "static/vendor/manifest.json").read_text())["packages"]
    assert packages
    for package in packages:
        assert package["licence"] in LICENCES, package["name"]
        assert any(name.endswith("/LICENSE") for name in package["files"]), package["name"]


def test_every_icon_that_a_template_names_is_in_the_sprite():
    import re

    sprite = (ROOT / "static/vendor/lucide-static/icons.svg").read_text()
    held = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    for template in (ROOT / "templates").rglob("*.html"):
        named = re.findall(r'icon\.html" with name="([^"]+)"', template.read_text())
        assert set(named) <= held, template
