"""Fifty defects are planted in an index: check_index names each, and nothing else, and mends it.

Missing, stale, ghost, and wrong rights, as a broken disk, a restored backup or a mistake
would leave them: nothing in the outbox tells of them.
"""

import json
import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from cms.core import outbox
from cms.core.commands import Failed
from search import asking, rebuilding
from search.engines import Engine
from search.entries import Entry
from search.german import Lexicon
from search.indexing import KIND
from search.questions import Question
from tests.search.stand_in import MEMBERS, PUBLIC, Archive, paper

pytestmark = pytest.mark.django_db

PAPERS = 2000 if os.environ.get("UMLAUF_SOAK") else 200
DEFECTS = 50
NOTHING_FOUND: dict[str, set[str]] = {"missing": set(), "outdated": set(), "surplus": set()}
# What a defect is called, and how an entry of the database looks in the spoilt index.
Spoil = tuple[str, Callable[[Entry], Entry | None]]
SPOILT: tuple[Spoil, ...] = (
    ("missing", lambda entry: None),
    ("outdated", lambda entry: replace(entry, text="Ein früherer Stand.")),
    ("outdated", lambda entry: replace(entry, title=entry.title.upper())),
    ("outdated", lambda entry: replace(entry, tokens=entry.tokens ^ PUBLIC or MEMBERS)),
    ("outdated", lambda entry: replace(entry, tokens=entry.tokens | {"network:9"})),
)  # fmt: skip


def checked(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    with suppress(Failed):
        call_command("check_index", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def found() -> dict[str, set[str]]:
    said = checked()
    return {what: set(said[what]) for what in NOTHING_FOUND}


@pytest.fixture
def kept(archive: Archive) -> list[Entry]:
    """Papers of all audiences, and some that nobody is to find."""
    audiences = [PUBLIC, MEMBERS, PUBLIC | MEMBERS, frozenset()]
    archive.keep(
        *(
            paper(n, text=f"Absatz {n} im Wortlaut.", tokens=audiences[n % len(audiences)])
            for n in range(PAPERS)
        )
    )
    return [entry for entry in archive.papers.values() if entry.tokens]


def planted(
    engine: Engine, archive: Archive, kept: list[Entry], dice: random.Random
) -> dict[str, set[str]]:
    """Spoil the index at so many odd places; return what is wrong by its name."""
    wrong: dict[str, set[str]] = {what: set() for what in NOTHING_FOUND}
    ghosts = DEFECTS // 5
    spoilt = {entry.key for entry in dice.sample(kept, DEFECTS - ghosts)}
    held: list[Entry] = []
    for entry in kept:
        if entry.key not in spoilt:
            held.append(entry)
            continue
        what, spoil = dice.choice(SPOILT)
        wrong[what].add(entry.key)
        if (as_held := spoil(entry)) is not None:
            held.append(as_held)
    unseen = [entry for entry in archive.papers.values() if not entry.tokens]
    held += [replace(entry, tokens=PUBLIC) for entry in dice.sample(unseen, ghosts // 2)]
    held += [paper(PAPERS + n) for n in range(ghosts // 2 - 1)]
    # Of a kind of paper that is no more.
    held.append(replace(paper(PAPERS), key="stand_in.letter:1"))
    wrong["surplus"] = {entry.key for entry in held} - {entry.key for entry in kept}
    engine.rebuild(Lexicon(), held, lambda touched: [])
    assert sum(map(len, wrong.values())) == DEFECTS
    return wrong


@pytest.mark.parametrize("seed", range(5 if os.environ.get("UMLAUF_SOAK") else 1))
def test_fifty_of_fifty_are_found_and_mended(
    engine: Engine, archive: Archive, kept: list[Entry], seed: int
) -> None:
    wrong = planted(engine, archive, kept, random.Random(seed))

    assert found() == wrong

    assert checked("--repair")["repaired"] == DEFECTS
    assert outbox.drain(kinds=[KIND]).failed == 0
    assert found() == NOTHING_FOUND
    assert dict(engine.holdings()) == {entry.key: entry.content_digest for entry in kept}


def test_an_index_that_is_right_raises_no_alarm(engine: Engine, kept: list[Entry]) -> None:
    engine.rebuild(Lexicon(), kept, lambda touched: [])

    assert found() == NOTHING_FOUND


def test_until_it_is_mended_a_defect_shows_nobody_what_they_may_not_see(
    engine: Engine, archive: Archive, kept: list[Entry]
) -> None:
    secret = next(entry for entry in kept if entry.tokens == MEMBERS)
    archive.seen_by.update({one.key: set() for one in kept if "public" not in one.tokens})
    engine.rebuild(Lexicon(), [replace(secret, tokens=PUBLIC)], lambda touched: [])
    assert engine.ask(Question(text=secret.title, tokens=PUBLIC)).total == 1

    assert asking.find(Question(text=secret.title), user=AnonymousUser()).total == 0


def test_without_rights_in_the_digest_wrong_rights_are_not_found(
    engine: Engine, archive: Archive, kept: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: were all fifty found like this, the proof proves nothing."""
    real = Entry.content_digest.fget
    assert real is not None
    blind = property(lambda entry: real(replace(entry, tokens=PUBLIC)))
    monkeypatch.setattr(Entry, "content_digest", blind)

    wrong = planted(engine, archive, kept, random.Random(0))

    assert sum(map(len, found().values())) < DEFECTS
    assert rebuilding.compare().outdated != wrong["outdated"]
