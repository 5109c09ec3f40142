"""Each lesson of the demonstration's paths is followed by a case and an exercise."""

import pytest
import yaml

from learning.paths import demo


@pytest.mark.parametrize("slug", demo.SLUGS)
def test_each_lesson_to_read_has_its_case_and_its_exercise(slug):
    path = yaml.safe_load((demo.FOLDER / f"{slug}.yaml").read_text())
    practice = yaml.safe_load((demo.PRACTICE / f"{slug}.yaml").read_text())
    units = [unit for chapter in path["chapters"] for unit in chapter["units"]]
    assert set(practice) == {unit["title"] for unit in units if unit["kind"] == "text"}
    for part in practice.values():
        assert part["case"] and len(part["solve"]) >= 3 and len(part["exercise"]) >= 3
