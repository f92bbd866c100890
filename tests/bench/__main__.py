"""`make bench`: prints one line per benchmark, each with its baseline of the same run.

Sections may be named (`make bench ONLY=search`): search, rest.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path

import django

from tests.bench import appending, deciding, searching
from tests.bench.measuring import WIDTH


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="umlauf-bench-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.harness.settings"
        os.environ["UMLAUF_VAR"] = folder
        chosen = sys.argv[1:] or list(SECTIONS)
        lines = [told for name in chosen for told in SECTIONS[name](Path(folder))]
        head = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        report = [head, f"{'':<{WIDTH}}     p50      p95", *lines]
        sys.stdout.write("\n".join(report) + "\n")


def rest(folder: Path) -> list[str]:
    # In processes of their own: eight writers, and the whole product.
    apart = [*appending.run(folder), *deciding.run(folder)]
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    django.setup()
    from django.core.management import call_command

    from tests.bench import draining, trailing

    call_command("migrate", verbosity=0, run_syncdb=True)
    return [*draining.run(), *trailing.run(), *apart]


SECTIONS = {"search": searching.run, "rest": rest}


if __name__ == "__main__":
    main()
