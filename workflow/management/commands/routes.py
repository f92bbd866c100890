from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cms.core.commands import Failed, ProductCommand, WrongCall
from workflow.errors import BrokenRoute
from workflow.loading import Loaded, as_toml, load_files, load_shipped_routes
from workflow.models import Route


class Command(ProductCommand):
    help = "Load, show and list the routes that papers take."
    writes = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True)
        for name, text in (
            ("load", "Load TOML files, or the shipped routes; a changed one becomes a version."),
            ("dump", "Write a route's present version as TOML."),
            ("list", "List all routes with their versions."),
        ):
            verb = verbs.add_parser(name, help=text)
            # Accepted on either side of the verb; what stands before it must not be lost.
            for option in ("--json", "--dry-run"):
                verb.add_argument(option, action="store_true", default=SUPPRESS, help=SUPPRESS)
            if name == "load":
                verb.add_argument("files", nargs="*", type=Path, metavar="FILE")
            if name == "dump":
                verb.add_argument("keys", nargs="*", metavar="KEY")
                verb.add_argument("--version-number", type=int, help="An older version.")

    def run(self, **options: Any) -> dict[str, Any]:
        match options["verb"]:
            case "load":
                return self._load(options["files"], dry_run=options["dry_run"])
            case "dump":
                return self._dump(options["keys"], options["version_number"])
            case _:
                return {"routes": [_as_values(route) for route in Route.objects.all()]}

    def say(self, result: dict[str, Any]) -> None:
        for route in result.get("loaded", []):
            state = "loaded" if route["changed"] else "unchanged"
            self.stdout.write(f"{route['key']} {route['version']}: {state}")
        for route in result.get("routes", []):
            if "toml" in route:
                self.stdout.write(route["toml"], ending="")
            else:
                self.stdout.write(
                    f"{route['key']} {route['version']}  {route['title']}  {route['digest'][:12]}"
                )

    def _load(self, files: list[Path], *, dry_run: bool) -> dict[str, Any]:
        if missing := [str(path) for path in files if not path.is_file()]:
            raise WrongCall("No such file: " + ", ".join(missing))
        try:
            loaded = (
                load_files(files, dry_run=dry_run)
                if files
                else load_shipped_routes(dry_run=dry_run)
            )
        except BrokenRoute as error:
            raise Failed(str(error)) from None
        return {"loaded": [_loaded_as_values(one) for one in loaded], "dry_run": dry_run}

    def _dump(self, keys: list[str], version: int | None) -> dict[str, Any]:
        keys = keys or sorted(set(Route.objects.values_list("key", flat=True)))
        found = []
        for key in keys:
            route = Route.objects.present(key)
            if version is not None:
                route = Route.objects.filter(key=key, version=version).first()
            if route is None:
                raise WrongCall(f"No such route: {key}")
            found.append({**_as_values(route), "toml": as_toml(route.definition)})
        return {"routes": found}


def _as_values(route: Route) -> dict[str, Any]:
    return {
        "key": route.key,
        "version": route.version,
        "title": route.title,
        "subject": route.subject_kind,
        "digest": route.digest,
        "journeys": route.journeys.count(),
    }


def _loaded_as_values(loaded: Loaded) -> dict[str, Any]:
    return {"key": loaded.key, "version": loaded.version, "changed": loaded.changed}
