"""What has changed is shown whole: in every field, whatever its kind."""

import random
import time

import pytest
from wagtail import blocks

from cms.agreements.models import AgreementPage
from tests.stand_ins import journeys
from workflow import differences
from workflow.differences import Mark, compare
from workflow.differences.texts import block_lines

pytestmark = pytest.mark.django_db


def marked(before, after):
    return [(piece.mark.value, piece.text) for piece in compare(before, after)]


def test_the_last_word_is_the_same_when_more_is_written_behind_it():
    pieces = list(compare("Ein Budget.", "Ein Budget. Und mehr."))

    assert [(piece.mark, piece.text) for piece in pieces] == [
        (Mark.SAME, "Ein Budget. "), (Mark.ADDED, "Und mehr.")
    ]  # fmt: skip


def test_only_the_changed_words_are_marked():
    assert marked("Die Frist endet im Mai.", "Die Frist endet im Juni.") == [
        ("same", "Die Frist endet im "),
        ("removed", "Mai."),
        ("added", "Juni."),
    ]


def test_new_and_dropped_lines_are_marked_whole():
    assert marked("eins\ndrei\n", "eins\nzwei\n") == [
        ("same", "eins\n"),
        ("removed", "drei"),
        ("added", "zwei"),
        ("same", "\n"),
    ]
    assert marked("", "neu") == [("added", "neu")]
    assert marked("alt", "") == [("removed", "alt")]


def test_every_piece_of_both_texts_is_shown():
    before, after = "a b c\nd e\nf", "a x c\nf\ng h"
    pieces = list(compare(before, after))

    assert "".join(p.text for p in pieces if p.mark is not Mark.ADDED) == before
    assert "".join(p.text for p in pieces if p.mark is not Mark.REMOVED) == after


def test_a_changed_title_and_a_changed_text_are_two_fields():
    page = journeys.draft()
    before = page.get_latest_revision_as_object()
    page.title = "Andere"
    page.body = "<p>Zweiter Entwurf.</p>"

    changed = [field for field in differences.between(before, page) if field.has_changed]

    assert [field.pieces[1].text for field in changed] == ["Andere", "Zweiter"]


def test_a_new_text_is_shown_without_marks():
    page = journeys.draft()

    fields = differences.between(None, page)

    assert not any(field.has_changed for field in fields)
    assert "Erster Entwurf." in [piece.text for field in fields for piece in field.pieces]


def test_where_a_link_leads_is_part_of_what_is_read():
    assert "example.org" in differences.plain_text('<a href="https://example.org">hier</a>')
    assert "7" in differences.plain_text('<a linktype="page" id="7">hier</a>')


def test_dates_choices_and_nested_blocks_are_not_left_out():
    article = blocks.StructBlock(
        [("title", blocks.CharBlock()), ("from_day", blocks.DateBlock()),
         ("words", blocks.ListBlock(blocks.RichTextBlock()))]
    )  # fmt: skip
    stream = blocks.StreamBlock([("article", article)])
    value = stream.to_python(
        [{"type": "article", "id": "1", "value": {
            "title": "§ 1", "from_day": "2026-05-17", "words": ["<p>Erstens.</p>"]}}]
    )  # fmt: skip

    lines = list(block_lines(stream, value))

    assert lines[0] == "§ 1"
    assert "2026" in lines[1]
    assert lines[2] == "Erstens."


def test_what_is_only_for_filing_comes_after_the_text():
    page = journeys.draft()
    before = page.get_latest_revision_as_object()
    page.slug = "andere-adresse"

    fields = differences.between(before, page)

    assert [field.is_filing for field in fields] == sorted(field.is_filing for field in fields)
    changed = [field for field in fields if field.has_changed]
    assert [field.is_filing for field in changed] == [True]
    assert not fields[0].is_filing


def agreement(*articles):
    """An agreement with articles (id, title, text), not saved."""
    block = AgreementPage._meta.get_field("body").stream_block
    value = [
        {"type": "article", "id": number,
         "value": {"title": title, "paragraphs": [f"<p>{words}</p>"]}}
        for number, title, words in articles
    ]  # fmt: skip
    return AgreementPage(title="Vereinbarung", body=block.to_python(value))


ONE, TWO, THREE = (
    ("1a", "Ziele", "Erstens."),
    ("2b", "Dauer", "Fünf Jahre."),
    ("3c", "Ende", "Aus."),
)


def articles_of(before, after):
    fields = differences.between(before, after)
    return {part.place: part for one in fields if one.name == "body" for part in one.parts}


def test_a_moved_article_is_moved_and_not_deleted_and_new():
    found = articles_of(agreement(ONE, TWO, THREE), agreement(THREE, ONE, TWO))

    assert [part.change.value for part in found.values()] == ["same"] * 3
    assert [place for place, part in found.items() if part.moved_from] == ["body:3c"]
    assert found["body:3c"].moved_from == "Artikel 3: Ende"
    assert found["body:3c"].block == "Artikel 1: Ende"


def test_a_change_inside_a_moved_article_is_marked_by_words():
    longer = ("3c", "Ende", "Aus und vorbei.")

    part = articles_of(agreement(ONE, TWO, THREE), agreement(longer, ONE, TWO))["body:3c"]

    assert part.moved_from
    assert part.change.value == "changed"
    assert "vorbei" in "".join(p.text for p in part.pieces if p.mark is Mark.ADDED)


def test_an_article_put_in_between_moves_no_other():
    new = ("9z", "Mittel", "Neu.")

    found = articles_of(agreement(ONE, TWO), agreement(ONE, new, TWO))

    assert [part.change.value for part in found.values()] == ["same", "added", "same"]
    assert not any(part.moved_from for part in found.values())


def test_a_dropped_article_is_shown_where_it_stood():
    found = articles_of(agreement(ONE, TWO, THREE), agreement(ONE, THREE))

    assert list(found) == ["body:1a", "body:2b", "body:3c"]
    assert found["body:2b"].change.value == "removed"


def test_the_summary_counts_what_has_changed():
    longer = ("1a", "Ziele", "Erstens und mehr.")

    fields = differences.between(agreement(ONE, TWO, THREE), agreement(THREE, longer))

    assert differences.summary_of(fields, []) == [
        "1 Absatz geändert",
        "1 Abschnitt entfallen",
        "1 Abschnitt verschoben",
    ]


@pytest.mark.parametrize(
    "how", ["a_few_words", "every_paragraph", "shuffled", "repeating", "one_line"]
)
def test_two_hundred_pages_are_compared_in_seconds(how):
    """Measured at 0.1 to 1.8 s on two slow cores; difflib alone took minutes."""
    chance = random.Random(7)
    words = [f"wort{number}" for number in range(3000)] + ["und", "der", "in"] * 300
    lines = [" ".join(chance.choice(words) for _ in range(60)) for _ in range(1600)]
    before, after = "\n".join(lines), {
        "a_few_words": lambda: "\n".join(lines).replace("und der", "oder", 50),
        "every_paragraph": lambda: "\n".join(line + " neu" for line in lines),
        "shuffled": lambda: "\n".join(chance.sample(lines, len(lines))),
        "repeating": lambda: "\n".join(["gleich"] * 8000),
        "one_line": lambda: " ".join(lines),
    }[how]()  # fmt: skip
    started = time.monotonic()

    pieces = list(compare(before, after))

    assert time.monotonic() - started < 20
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED) == after
