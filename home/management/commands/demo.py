"""From nothing to a running site with demo content: what `make demo` calls."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cms.core.commands import Failed, ProductCommand
from cms.core.management.commands.build_assets import is_up_to_date, stamp_of
from home import serving
from home.demo import loading
from home.serving import Address, PortTaken


class Command(ProductCommand):
    help = "Set up database and demo content where missing, then run web server and worker."
    # Its parts check themselves; once is enough before a first page.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def run(self, **options: Any) -> dict[str, Any]:
        address = Address(options["host"], options["port"])
        self._require_free(address)
        with self._assets_beside():
            self._migrate()
            loaded = self._load()
        # Letters lead to where this demo answers.
        os.environ.setdefault("BASE_URL", address.url)
        logs = Path(settings.VAR_DIR) / "log"
        self.stderr.write(f"Starting; in a moment at {address.url}/ …")
        code = serving.serve(
            address, logs, complete=loading.is_drained, ready=lambda: self._tell(address, loaded)
        )
        if code:
            raise Failed(f"Web server or worker ended by itself. What they said: {logs}")
        return {"ended": True}

    def say(self, result: dict[str, Any]) -> None:
        self.stdout.write("\nEnded. Your data are kept; start again with: make demo")

    def _require_free(self, address: Address) -> None:
        try:
            serving.require_free(address)
        except PortTaken:
            raise Failed(
                f"Port {address.port} is in use by another program. Nothing was changed.\n"
                f"Choose another one: PORT={address.port + 10} make demo"
            ) from None

    @contextmanager
    def _assets_beside(self) -> Iterator[None]:
        """Have style sheets and fonts fetched meanwhile; a machine has two cores."""
        root, stamp = Path(settings.BASE_DIR), Path(settings.ASSETS_DIR) / "stamp.json"
        if is_up_to_date(stamp, stamp_of(root, dev=False), root):
            yield
            return
        command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "build_assets"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as build:
            yield
            _, said = build.communicate()
        if build.returncode:
            raise Failed(said.decode().strip())

    def _migrate(self) -> None:
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise Failed(
                f"The database cannot be reached: {str(error).strip()}\n"
                "Check DATABASE_URL, or unset it to use the embedded SQLite."
            ) from None
        if missing:
            self.stderr.write("Setting up the database …")
            # Django makes all models anew at each step; left to its habits, the
            # collector would walk through them hundreds of times.
            gc.freeze()
            gc.set_threshold(500_000, 50, 50)
            call_command("migrate", verbosity=0, interactive=False)

    def _load(self) -> dict[str, Any]:
        if not loading.is_loaded():
            self.stderr.write("Loading the demo content …")
        return loading.load_if_missing(progress=self.progress)

    def _tell(self, address: Address, loaded: dict[str, Any]) -> None:
        url = address.url
        lines = [
            "",
            "Umlauf is running. This is a demo: everything invented is marked as such.",
            "",
            f"  Site             {url}/",
            f"  Search           {url}/suche/?q=Vereinbarung+zur+Kooperation",
            f"  My tasks         {url}/meine-aufgaben/",
            f"  Editor's admin   {url}/verwaltung/",
            "",
            f"  Logins, all with the password  {loaded['password']}",
            *(f"    {mail:<28} {role}" for mail, role in loaded["logins"].items()),
            "",
            "  Ctrl-C ends web server and worker.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
