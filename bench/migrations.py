"""How long `migrate` takes from nothing, on SQLite. Bar: 30 s.

Usage: python bench/migrations.py
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BAR_SECONDS = 30


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        }
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"migrate from nothing: {seconds:.1f} s (bar: {BAR_SECONDS} s),"
        f" of processor {used.ru_utime + used.ru_stime:.1f} s"
    )


if __name__ == "__main__":
    main()
