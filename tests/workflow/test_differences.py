"""What has changed is shown whole: in every field, whatever its kind."""

import pytest
from wagtail import blocks

from tests.stand_ins import journeys
from workflow import differences
from workflow.differences import Mark, compare
from workflow.differences.texts import block_lines

pytestmark = pytest.mark.django_db


def marked(before, after):
    return [(piece.mark.value, piece.text) for piece in compare(before, after)]


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
