"""Invented papers: the same everywhere, and no two nearly alike."""

import re
from itertools import combinations

from home.demo.pdf import Section, make_pdf
from home.demo.prose import CHOICE, compose, plans


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + 5]) for place in range(len(words) - 4)}


def text_of(plan: object) -> str:
    prose = compose(plan)  # type: ignore[arg-type]
    return " ".join(text for section in prose.sections for text in section.paragraphs)


def test_papers_have_several_paragraphs_without_open_places() -> None:
    for plan in plans():
        text = text_of(plan)

        assert len(text) > 900, plan.title
        assert not CHOICE.search(text)
        assert "{" not in text


def test_no_two_papers_are_nearly_alike() -> None:
    found = {plan.slug: shingles(text_of(plan)) for plan in plans()}

    alike = [
        (one, other)
        for (one, first), (other, second) in combinations(found.items(), 2)
        if len(first & second) / len(first | second) > 0.5
    ]

    assert alike == []


def test_papers_have_addresses_of_their_own() -> None:
    slugs = [plan.slug for plan in plans()]

    assert len(slugs) == len(set(slugs))


def test_equal_texts_make_equal_files() -> None:
    sections = [Section("Anlass", ["Ein Absatz."] * 3, ["eins", "zwei"], [["a", "b"], ["1", "2"]])]
    text = {"title": "Titel", "publisher": "Netz", "lead": "Kurz.", "imprint": "Erfunden."}

    assert make_pdf(**text, sections=sections) == make_pdf(**text, sections=sections)
