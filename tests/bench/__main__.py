"""`make bench`: prints one line per benchmark, each with its baseline of the same run."""

import os
import platform
import sys
import tempfile
from pathlib import Path

import django

from tests.bench import appending, deciding


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="umlauf-bench-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.harness.settings"
        os.environ["UMLAUF_VAR"] = folder
        # Both in processes of their own: eight writers, and the whole product.
        apart = [*appending.run(Path(folder)), *deciding.run(Path(folder))]
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        django.setup()
        from django.core.management import call_command

        from tests.bench import draining, searching, trailing

        call_command("migrate", verbosity=0, run_syncdb=True)
        head = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        lines = [*searching.run(Path(folder)), *draining.run(), *trailing.run(), *apart]
        report = [head, f"{'':<34}     p50      p95", *lines]
        sys.stdout.write("\n".join(report) + "\n")


if __name__ == "__main__":
    main()
