"""Putting invented papers together from the building blocks of their topic.

Every paper takes other blocks, other places and other numbers than its
neighbours on the same topic, and always the same ones on every machine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from django.utils import formats
from django.utils.translation import override

from home.demo.dice import Dice
from home.demo.keep import slug_of
from home.demo.material import members, read, topics
from home.demo.pdf import Section

CHOICE = re.compile(r"\[([^\[\]]+\|[^\[\]]+)\]")
PARTS = ("situation", "practice", "lessons", "steps")
# Papers of these kinds end with the topic's checklist.
WITH_CHECKLIST = frozenset({"handout", "aid"})


@dataclass(frozen=True)
class Plan:
    """One invented paper: what it is called, when, of which kind, for whom."""

    topic: str
    number: int
    year: int
    kind: str
    has_pdf: bool
    for_members: bool
    title: str

    @cached_property
    def slug(self) -> str:
        return f"{self.year}-{slug_of(self.title)}"[:90].strip("-")

    @property
    def dice(self) -> Dice:
        return Dice("paper", self.slug)

    @cached_property
    def day(self) -> date:
        """A working day of its year."""
        dice = self.dice
        day = date(self.year, dice.between(1, 10), dice.between(1, 28))
        return day - timedelta(days=max(0, day.weekday() - 4))

    @cached_property
    def day_in_words(self) -> str:
        with override("de"):
            return formats.date_format(self.day, "j. F Y")

    @cached_property
    def place(self) -> str:
        """The place in its title, else one of the members of that time."""
        found = re.search(r" in (\w+):|, (\w+)$", self.title)
        named = (found[1] or found[2]) if found else ""
        places = _places(self.year)
        return named if named in places else self.dice.pick(places)


@dataclass(frozen=True, slots=True)
class Prose:
    summary: str
    sections: Sequence[Section]

    @property
    def blocks(self) -> list[tuple[str, Sequence[str], Sequence[str]]]:
        """The sections as a page shows them; tables stay in the file."""
        return [(one.heading, one.paragraphs, one.points) for one in self.sections]


@cache
def plans() -> list[Plan]:
    """Return all invented papers."""
    return [
        _plan(topic["key"], number, line)
        for topic in topics().values()
        for number, line in enumerate(topic["papers"])
    ]


def _plan(topic: str, number: int, line: str) -> Plan:
    year, kind, title = line.split(" ", 2)
    return Plan(topic, number, int(year), kind.rstrip("*!"), "*" in kind, "!" in kind, title)


@cache
def _places(year: int) -> tuple[str, ...]:
    """Return the places that were members in a year."""
    found = [one["place"] for one in members() if int(one["since"]) <= max(year, 1996)]
    return tuple(place for place in found if not place.startswith("Landkreis"))


def compose(plan: Plan) -> Prose:
    """Return the text of a paper's page."""
    forms, topic = read("forms/papers"), topics()[plan.topic]
    # Steps of different lengths: a later paper on the topic meets other neighbours.
    turn = plan.number // 3
    rounds = [plan.number + shift for shift in (0, 1 + turn, 2 + 2 * turn, plan.number // 4)]
    blocks = {
        part: [topic[part][place % len(topic[part])]]
        for part, place in zip(PARTS, rounds, strict=True)
    }
    if plan.kind in ("doc", "brochure", "newsletter"):
        blocks["practice"].append(topic["practice"][(rounds[1] + 1) % 3])
    form = {
        name: forms[name][plan.kind][(plan.number + turn) % len(forms[name][plan.kind])]
        for name in ("summary", "opening", "closing", "middle")
    }
    headings = {name: plan.dice.pick(words) for name, words in forms["headings"].items()}
    blocks["middle"] = [form["middle"]]
    sections = [
        Section(headings["situation"], _filled(plan, [form["opening"], *blocks["situation"]]))
    ]
    for part in ("practice", "middle", "lessons"):
        sections.append(Section(headings[part], _filled(plan, blocks[part])))
    sections.append(Section(headings["steps"], _filled(plan, [*blocks["steps"], form["closing"]])))
    if plan.kind in WITH_CHECKLIST:
        sections.append(Section(headings["checklist"], (), topic["checklist"]))
    return Prose(fill(form["summary"], plan), sections)


def long_text(plan: Plan, prose: Prose) -> list[Section]:
    """Return the text of a paper's file: the page's text and what the page leaves out."""
    topic = topics()[plan.topic]
    told = {text for section in prose.sections for text in section.paragraphs}
    more = {
        part: [text for text in _filled(plan, topic[part]) if text not in told] for part in PARTS
    }
    titles = ("Zum Hintergrund", "Weitere Beispiele", "Was noch gesagt wurde", "Offene Aufgaben")
    extra = [Section(title, more[part]) for title, part in zip(titles, PARTS, strict=True)]
    if plan.kind == "survey":
        extra.insert(0, Section("Ergebnisse in Zahlen", (), (), _table(plan)))
    if plan.kind not in WITH_CHECKLIST:
        extra.append(Section("Merkzettel", (), topic["checklist"]))
    return [*prose.sections, *extra]


def _table(plan: Plan) -> list[list[str]]:
    dice = plan.dice
    questions = topics()[plan.topic]["checklist"]
    head = ["Frage", "unter 3.000", "3.000 bis 10.000", "über 10.000"]
    rows = [[text, *(f"{dice.between(18, 83)} %" for _ in range(3))] for text in questions]
    return [head, *rows]


def _filled(plan: Plan, texts: Sequence[str]) -> list[str]:
    return [fill(text, plan) for text in texts]


def fill(text: str, plan: Plan) -> str:
    """Choose between words and put in places, numbers and dates; equal in, equal out."""
    dice = Dice(plan.slug, text)
    chosen = CHOICE.sub(lambda match: dice.pick(match[1].split("|")), text)
    places = _places(plan.year)
    first = dice.pick([one for one in places if one != plan.place])
    second = dice.pick([one for one in places if one not in (plan.place, first)])
    return chosen.format(
        a=first,
        b=second,
        n=dice.between(5, 19),
        m=dice.between(45, 390),
        p=dice.between(23, 79),
        y=plan.year - dice.between(1, 6),
        theme=topics()[plan.topic]["theme"],
        place=plan.place,
        day=plan.day_in_words,
    )
