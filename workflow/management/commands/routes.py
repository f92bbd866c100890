from argparse import SUPPRESS
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cms.core.commands import Failed, ProductCommand, WrongCall
from workflow.errors import BrokenRoute
from workflow.loading import Loaded, as_toml, load_files, load_shipped_routes
from workflow.models import Route
from workflow.rules.definition import read
from workflow.rules.simulation import PlayedStage
from workflow.rules.states import StageStatus
from workflow.simulating import WrongPlay, all_labels, play_route, read_facts
from workflow.telling.changes import end_of, sentence_of, story_of, why_without_effect


class Command(ProductCommand):
    help = "Load, show, list and play the routes that papers take."
    writes = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True)
        for name, text in (
            ("load", "Load TOML files, or the shipped routes; a changed one becomes a version."),
            ("dump", "Write a route's present version as TOML."),
            ("list", "List all routes with their versions."),
            ("simulate", "Play chosen votes and tell what they come to; nothing is written."),
        ):
            verb = verbs.add_parser(name, help=text)
            # Accepted on either side of the verb; what stands before it must not be lost.
            for option in ("--json", "--dry-run"):
                verb.add_argument(option, action="store_true", default=SUPPRESS, help=SUPPRESS)
            if name == "load":
                verb.add_argument("files", nargs="*", type=Path, metavar="FILE")
                verb.add_argument(
                    "--even-if-nobody", action="store_true",
                    help="Load although nobody stands behind a participant; told as a warning.",
                )  # fmt: skip
            if name == "simulate":
                _add_play(verb)
            if name == "dump":
                verb.add_argument("keys", nargs="*", metavar="KEY")
                verb.add_argument("--version-number", type=int, help="An older version.")

    def run(self, **options: Any) -> dict[str, Any]:
        match options["verb"]:
            case "load":
                return self._load(
                    options["files"],
                    dry_run=options["dry_run"],
                    even_if_nobody=options["even_if_nobody"],
                )
            case "simulate":
                return self._simulate(options["key"], options["votes"], options["fact"])
            case "dump":
                return self._dump(options["keys"], options["version_number"])
            case _:
                return {"routes": [_as_values(route) for route in Route.objects.all()]}

    def say(self, result: dict[str, Any]) -> None:
        for route in result.get("loaded", []):
            state = "loaded" if route["changed"] else "unchanged"
            self.stdout.write(f"{route['key']} {route['version']}: {state}")
            for change in route["changes"]:
                self.stdout.write(f"  {change['sentence']}")
            for warning in route["warnings"]:
                self.stderr.write(self.style.WARNING(f"  {warning}"))
        for route in result.get("routes", []):
            if "toml" in route:
                self.stdout.write(route["toml"], ending="")
            else:
                self.stdout.write(
                    f"{route['key']} {route['version']}  {route['title']}  {route['digest'][:12]}"
                )

        for line in result.get("story", []):
            self.stdout.write(line)
        for line in [*result.get("without_effect", []), result.get("says", "")]:
            if line:
                self.stdout.write(line)

    def _load(self, files: list[Path], *, dry_run: bool, even_if_nobody: bool) -> dict[str, Any]:
        if missing := [str(path) for path in files if not path.is_file()]:
            raise WrongCall("No such file: " + ", ".join(missing))
        try:
            loaded = (
                load_files(files, dry_run=dry_run, even_if_nobody=even_if_nobody)
                if files
                else load_shipped_routes(dry_run=dry_run, even_if_nobody=even_if_nobody)
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

    def _simulate(self, key: str, votes: list[str] | None, facts: list[str]) -> dict[str, Any]:
        route = Route.objects.present(key)
        if route is None:
            raise WrongCall(f"No such route: {key}")
        try:
            played = play_route(route, votes, facts)
        except WrongPlay as error:
            raise WrongCall(str(error)) from None
        labels = all_labels(read(route.definition), read_facts(facts))
        return {
            "key": key,
            "version": route.version,
            "end": played.status.value,
            "says": end_of(played),
            "stages": [_played_as_values(stage) for stage in played.stages],
            "story": list(story_of(played, labels)),
            "without_effect": [
                why_without_effect(vote, why, labels) for vote, why in played.unplayed
            ],
        }


def _add_play(verb: CommandParser) -> None:
    verb.add_argument("key", metavar="KEY")
    verb.add_argument(
        "--votes", nargs="*", metavar="VOTE",
        help="In their order, like review:group:reviewers=agreed, approval:party:1=returned>review "
        "or check=silence. Without any, everybody agrees.",
    )  # fmt: skip
    verb.add_argument(
        "--fact", action="append", default=[], metavar="NAME=VALUE",
        help="What holds of the paper: parties=3, guests=1, files=0, audience=public.",
    )  # fmt: skip


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
    return {
        "key": loaded.key,
        "version": loaded.version,
        "changed": loaded.changed,
        "changes": [
            {**asdict(change), "kind": change.kind.value, "sentence": sentence_of(change)}
            for change in loaded.changes
        ],
        "warnings": list(loaded.warnings),
    }


def _played_as_values(stage: PlayedStage) -> dict[str, Any]:
    return {
        "key": stage.definition.key,
        "state": stage.status.value,
        "answers": {name: answer.value for name, answer in stage.answers.items()},
        "waits_for": stage.open_participants if stage.status is StageStatus.OPEN else [],
    }
