"""A real archive, brought in by our own command."""

import random
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from search.entries import Entry
from search.questions import Question
from search.rebuilding import all_entries
from tests.bench.archive import MEMBER, slipped
from tests.bench.searching import Papers


def imported(folder: Path, questions: int) -> Papers:
    call_command("import_oparl", folder, stdout=StringIO())
    titles = [entry.title.split() for entry in read()]
    return Papers(f"{len(titles)} papers of an archive", read, list(_asked(titles, questions)))


def read() -> Iterator[Entry]:
    return all_entries([], lambda _: None, "")


def _asked(titles: list[list[str]], count: int) -> Iterator[Question]:
    """Pieces of titles, every seventh with a slip."""
    dice = random.Random(11)
    long = [words for words in titles if len(words) > 4]
    for number in range(count):
        words = dice.choice(long)
        start = dice.randrange(len(words) - 3)
        text = " ".join(words[start : start + dice.choice((2, 3, 4))])
        yield Question(text=slipped(dice, text) if number % 7 == 0 else text, tokens=MEMBER)
