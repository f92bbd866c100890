"""A process that publishes papers by the real action, as fast as told, and times it.

`python -m tests.search.proofs.publish` takes one line of JSON and gives one back. With
PUBLISH_CARELESS=1, the negative control, a save writes into the index instead of the outbox.
"""

import json
import os
import sys
import time
from itertools import count
from typing import Any

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.test import override_settings  # noqa: E402
from wagtail.models import Site  # noqa: E402

from cms.core import kernel, outbox  # noqa: E402
from cms.core.papers import Audience, Origin  # noqa: E402
from cms.publications.models import PublicationIndexPage, PublicationPage  # noqa: E402
from search import rebuilding  # noqa: E402
from search.engines import get_engine  # noqa: E402
from search.errors import SearchError  # noqa: E402
from search.indexing import KIND, present_state  # noqa: E402
from search.questions import Question  # noqa: E402
from tests.harness.canaries import word  # noqa: E402
from tests.people import admin  # noqa: E402
from workflow.actions import take_over  # noqa: E402

_numbers = count(1)
_LOOK_SECONDS = 0.02


def begin() -> dict[str, Any]:
    """Index what the site is born with."""
    return {"entries": rebuilding.rebuild(lambda step: None).entries}


def publish_one(title: str) -> float:
    """Publish a paper that everybody may see; return the seconds that it took."""
    parent = PublicationIndexPage.objects.get()
    begun = time.perf_counter()
    page = PublicationPage(
        title=title, slug=f"papier-{next(_numbers)}", kind="brochure",
        body=[{"type": "paragraph", "value": f"<p>Die {title} im Wortlaut.</p>"}],
        audience=Audience.PUBLIC, origin=Origin.TAKEN_OVER,
    )  # fmt: skip
    parent.add_child(instance=page)
    take_over(subject=page, by=admin(), source="Akte")
    return time.perf_counter() - begun


def publish(*, papers: int, pause: float) -> dict[str, Any]:
    """Publish so many, one every `pause` seconds."""
    took, failed = [], []
    for _ in range(papers):
        begun = time.monotonic()
        try:
            took.append(publish_one(word()))
        except Exception as error:  # whatever somebody would meet who presses the button
            failed.append(repr(error))
        time.sleep(max(0, pause - (time.monotonic() - begun)))
    return {"took": took, "failed": failed}


def find(*, papers: int) -> dict[str, Any]:
    """Publish so many; for each the seconds from then until a guest finds it."""
    took = []
    for _ in range(papers):
        title = word()
        publish_one(title)
        begun = time.perf_counter()
        question = Question(text=f'"{title}"', tokens=kernel.tokens_for(AnonymousUser()))
        while not get_engine().ask(question).total:
            time.sleep(_LOOK_SECONDS)
        took.append(time.perf_counter() - begun)
    return {"took": took}


def agree(*, server: list[str], most: float) -> dict[str, Any]:
    """Wait until the index, asked past any proxy, holds what the database has."""
    begun = time.monotonic()
    differs: object = None
    with override_settings(ELASTICSEARCH_URL=server):
        while (waited := time.monotonic() - begun) < most:
            try:
                differs = rebuilding.compare()
                if not differs.keys:
                    return {"seconds": waited}
            except SearchError as error:
                differs = error
            time.sleep(0.2)
    raise AssertionError(f"after {most} s: {differs!r}")


def written_at_once(kind: str, key: str, *rest: Any, **more: Any) -> Any:
    row = _put(kind, key, *rest, **more)
    if kind == KIND:
        get_engine().write(present_state({key: row.version}))
    return row


_put = outbox.put
_VERBS = {"begin": begin, "publish": publish, "find": find, "agree": agree}

if __name__ == "__main__":
    if os.environ.get("PUBLISH_CARELESS"):
        outbox.put = written_at_once
    root = Site.objects.get(is_default_site=True).root_page
    root.add_child(instance=PublicationIndexPage(title="Papiere", slug="papiere"))
    for line in sys.stdin:
        verb, words = json.loads(line)
        sys.stdout.write(json.dumps(_VERBS[verb](**words)) + "\n")
        sys.stdout.flush()
