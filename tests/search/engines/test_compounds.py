"""Sixty compounds of the field, each found by the words it is made of, and the other way round.

In `compounds.tsv` stand the compound, the same thing said apart, and its two parts: papers that
hold only one of these are there to lead astray.
"""

import csv
from pathlib import Path

import pytest

from search.engines import Engine
from search.entries import Entry
from search.questions import Question
from tests.search.stand_in import PUBLIC, paper, written

ROWS = list(csv.DictReader((Path(__file__).parent / "compounds.tsv").open(), delimiter="\t"))
COMPOUND, APART = "compound", "said apart"
SAID = (COMPOUND, APART, "one part", "other part")
WANTED = 0.95


def saying(row: int, said: str) -> Entry:
    text = f"Der Vorgang wurde am Montag übergeben. Betroffen ist {ROWS[row][said]} vom Frühjahr."
    return paper(len(SAID) * row + SAID.index(said), text=text)


@pytest.fixture(autouse=True)
def indexed(engine: Engine) -> None:
    engine.write(written(*(saying(row, said) for row in range(len(ROWS)) for said in SAID)))


def recall(engine: Engine, *, asked: str, sought: str) -> float:
    """The share of rows where the other form is among the first ten, the form asked for aside."""
    found = 0
    for row, texts in enumerate(ROWS):
        answer = engine.ask(Question(text=texts[asked], tokens=PUBLIC, per_page=11))
        keys = [hit.key for hit in answer.hits]
        others = [key for key in keys if key != saying(row, asked).key]
        found += saying(row, sought).key in others[:10]
    return found / len(ROWS)


def test_a_compound_is_found_by_its_words(engine: Engine) -> None:
    assert recall(engine, asked=APART, sought=COMPOUND) >= WANTED


def test_its_words_are_found_by_the_compound(engine: Engine) -> None:
    assert recall(engine, asked=COMPOUND, sought=APART) >= WANTED
