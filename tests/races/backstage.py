"""Behind the scenes of the running site: papers come to the start, and are looked at after.

A process of its own on the site's database, which takes one line of JSON and
gives one back. Papers get there by the real actions, through tests/stand_ins;
what is told of a race are facts, judged in tests/races/verdict.py.
"""

import itertools
import json
import os
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.harness.kill_loop import ROOT

Facts = dict[str, Any]
NUMBERS = itertools.count(1)


class BackstageFailed(Exception):
    """A paper could not be brought to the start, or be looked at: no verdict on a race."""


class Backstage:
    """The other end: `backstage.ask("begin", stages="one seat")`."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.races.backstage"],
            env={**os.environ, **environment},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def __enter__(self) -> "Backstage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()

    def ask(self, verb: str, **words: Any) -> Facts:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"verb": verb, **words}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise BackstageFailed(Path(self._log.name).read_text()[-3000:])
        facts = dict(json.loads(line))
        if "failed" in facts:
            raise BackstageFailed(facts["failed"])
        return facts


# --- the process itself; Django is set up before the first of these is called ---------


def begin(*, stages: str) -> Facts:
    """Bring a new paper before its last stage, all of its people ready to act."""
    from tests.stand_ins import journeys

    _route(stages)
    # Of papers with one title Wagtail tries every address up to the next free one.
    page = journeys.draft(title=f"Satzung {next(NUMBERS)}")
    journey = journeys.in_review(page)
    return {"journey": journey.pk, "page": page.pk, "mark": _last_row()}


def edit(*, page: int, body: str, later: float = 0.0) -> Facts:
    """Have Alma save another text, the way her editor does, `later` seconds from now."""
    from tests.stand_ins import journeys
    from tests.stand_ins.models import PaperPage

    time.sleep(later)
    try:
        journeys.edit(PaperPage.objects.get(pk=page), body)
    except Exception as error:  # whatever it is, the verdict names it
        return {"broke": f"{type(error).__name__}: {error}"}
    return {}


def cancel(*, page: int) -> Facts:
    """Cancel Wagtail's workflow from code, as a console or another package would."""
    from django.core.exceptions import PermissionDenied

    from tests.people import admin
    from tests.stand_ins.models import PaperPage

    state = PaperPage.objects.get(pk=page).current_workflow_state
    if state is None:
        return {"refused": "nothing to cancel"}
    try:
        state.cancel(user=admin())
    except PermissionDenied as error:
        return {"refused": str(error) or type(error).__name__}
    except Exception as error:  # whatever it is, the verdict names it
        return {"broke": f"{type(error).__name__}: {error}"}
    return {}


def people() -> Facts:
    """Have everybody's account, and return the addresses to sign in with."""
    from cms.accounts.roles import Role
    from tests import people as known

    rosa = known.account("Rosa Reim", Role.REVIEWERS)
    everybody = [known.alma(), known.bruno(), known.minister(), known.admin(), rosa]
    names = ["alma", "bruno", "minister", "admin", "rosa"]
    return {name: user.email for name, user in zip(names, everybody, strict=True)}


def look(*, journey: int, page: int, mark: int) -> Facts:
    """Tell how a journey, its shell, its page, its records and its letters stand."""
    from cms.core.trail import entries_about
    from tests.stand_ins.models import PaperPage
    from workflow import digests
    from workflow.models import Decision, Journey

    worn = Journey.objects.get(pk=journey).shells.select_related("workflow_state").order_by("-pk")
    paper = PaperPage.objects.get(pk=page)
    decisions = Decision.objects.filter(stage__journey=journey)
    holding = decisions.filter(lapsed_at=None).values_list("content_digest", flat=True)
    return {
        "journey": Journey.objects.get(pk=journey).status,
        "workflow": worn[0].workflow_state.status,
        "task": worn[0].status,
        "live": paper.live,
        "live_digest": digests.digest_of(paper, paper.live_revision) if paper.live else None,
        "live_body": paper.body if paper.live else None,
        "live_title": paper.title if paper.live else None,
        "live_revision": _text_of(paper.live_revision),
        "draft": _text_of(paper.get_latest_revision()),
        "decided_on": sorted(set(decisions.values_list("content_digest", flat=True))),
        "holding": sorted(set(holding)),
        "decisions": decisions.count(),
        "trail": Counter(entry.action for entry in entries_about(paper)),
        "log": _log_of(page),
        "letters": _letters(journey, mark),
    }


def chain() -> Facts:
    from cms.core import trail

    found = trail.verify()
    return {"break": str(found) if found else None}


def _route(stages: str) -> None:
    """Load the route with these stages, unless it is the present one."""
    from tests.stand_ins import journeys
    from workflow.models import Route

    both = [*journeys.REVIEW["participants"], *journeys.APPROVAL["participants"]]
    known = {
        "one seat": journeys.REVIEW,
        "two seats": {**journeys.REVIEW, "participants": both, "completion": "all"},
    }
    present = Route.objects.present("paper_page")
    if present is None or present.definition["stage"] != [known[stages]]:
        journeys.route(known[stages])


def _text_of(revision: Any) -> list[str] | None:
    return [revision.content["title"], revision.content["body"]] if revision else None


def _log_of(page: int) -> dict[str, int]:
    from wagtail.models import PageLogEntry

    return Counter(PageLogEntry.objects.filter(page=page).values_list("action", flat=True))


def _letters(journey: int, mark: int) -> dict[str, int]:
    """Count the letters put since the mark, by kind and by what they say to whom."""
    from cms.core.models import OutboxRow
    from workflow.models import Stage

    own = set(Stage.objects.filter(journey=journey).values_list("pk", flat=True))
    rows = OutboxRow.objects.filter(pk__gt=mark, kind__startswith="workflow.")
    return Counter(
        f"{row.kind} {json.dumps(row.payload, sort_keys=True)}"
        for row in rows
        if row.payload.get("journey") == journey or row.payload.get("stage") in own
    )


def _last_row() -> int:
    from cms.core.models import OutboxRow

    return OutboxRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def main() -> None:
    import django

    django.setup()
    verbs = {verb.__name__: verb for verb in (begin, edit, cancel, people, look, chain)}
    for line in sys.stdin:
        words = json.loads(line)
        try:
            facts = verbs[words.pop("verb")](**words)
        except Exception:  # told to the test, which fails of it
            facts = {"failed": traceback.format_exc()[-3000:]}
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
