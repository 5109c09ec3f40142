#!/usr/bin/env python3
"""Write the PDF reports of the demonstration's meetings from the YAML files that tell of them.

    .venv/bin/python scripts/build_meeting_reports.py

The site only serves the files: run this again after changing newsroom/demo/meetings/.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")


def main() -> None:
    import django

    django.setup()
    from cms import pdf
    from cms.demo_content import read
    from cms.templatetags.theme_tags import day_range

    folder = ROOT / "newsroom" / "demo"
    for path in sorted((folder / "meetings").glob("*.yaml")):
        for edition in read(path)["editions"]:
            when = edition.get("when_text") or day_range(edition["starts_on"], edition["ends_on"])
            context = {
                "title": edition["title"],
                "description": edition["summary"],
                "edition": edition,
                "when": when,
            }
            content = pdf.make("newsroom/pdf/meeting_report.html", context, language="fr")
            for report in edition["reports"]:
                if "file" in report:
                    (folder / "files" / report["file"]).write_bytes(content)
                    print(report["file"], len(content))


if __name__ == "__main__":
    main()
