"""Who writes into the database past every guard is found by the trail."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from tests.people import admin
from tests.stand_ins import journeys
from tests.stand_ins.models import PaperPage
from workflow import actions, publications
from workflow.publications import Doubt

pytestmark = pytest.mark.django_db


def doubts(*, with_texts=True):
    return [(one.title, one.doubt) for one in publications.compare(with_texts=with_texts).doubtful]


def rows_of(page):
    return PaperPage.objects.filter(pk=page.pk)


def published(title="Öffentlich"):
    return journeys.fresh(journeys.agreed(journeys.draft(title)).subject)


def test_what_went_its_way_is_beyond_doubt():
    published()
    taken_over = journeys.draft("Altakte")
    actions.take_over(subject=taken_over, by=admin(), source="Altakte")
    journeys.draft("Entwurf")
    journeys.in_review(journeys.draft("Unterwegs"))
    offline = published("Zurückgenommen")
    actions.take_offline(page=offline, by=admin(), reason="Falsche Anlage")

    assert doubts() == []
    assert publications.examine().ok


def test_a_newer_draft_and_the_chapters_own_field_are_no_doubt():
    page = published()
    journeys.edit(page, "<p>Noch ein Entwurf.</p>")
    rows_of(page).update(state="in_force")

    assert doubts() == []


def test_a_page_published_by_the_database_is_found():
    rows_of(journeys.draft("Untergeschoben")).update(live=True)

    assert doubts(with_texts=False) == [("Untergeschoben", Doubt.NOT_ON_RECORD)]
    assert "Untergeschoben" in publications.examine().message
    assert not publications.examine().ok


def test_a_page_hidden_by_the_database_is_found():
    rows_of(published()).update(live=False)

    assert doubts(with_texts=False) == [("Öffentlich", Doubt.HIDDEN)]


def test_a_page_that_shows_another_revision_is_found():
    page = published()
    later = journeys.edit(page, "<p>Nie gebilligt.</p>")
    rows_of(page).update(live_revision=later)

    assert doubts(with_texts=False) == [("Öffentlich", Doubt.OTHER_REVISION)]


@pytest.mark.parametrize("column", ["body", "note", "title"])
def test_another_word_in_the_row_is_found_by_reading_it(column):
    page = published()
    rows_of(page).update(**{column: "Unterschoben"})

    assert [doubt for _, doubt in doubts()] == [Doubt.OTHER_TEXT]
    assert doubts(with_texts=False) == []


def test_a_page_deleted_in_the_database_is_found():
    page = published()
    PaperPage.objects.filter(pk=page.pk)._raw_delete(using="default")

    assert [doubt for _, doubt in doubts(with_texts=False)] == [Doubt.GONE]


def test_the_command_names_what_it_found_and_fails():
    rows_of(published()).update(body="Unterschoben")
    said = StringIO()

    with pytest.raises(CommandError):
        call_command("verify_publications", "--json", stdout=said)

    told = json.loads(said.getvalue())
    assert (told["pages"], told["doubtful"]) == (1, 1)
    assert "Öffentlich" in told["found"][0]


def test_the_quick_comparison_costs_the_same_for_many_pages(django_assert_num_queries):
    def ask():
        with django_assert_num_queries(2 * len(KINDS)):
            publications.examine()

    published()
    ask()
    for number in range(5):
        published(f"Weitere {number}")
    ask()


KINDS = [
    model for model in PaperPage.__mro__[1].__subclasses__() if issubclass(model, Page)
]  # fmt: skip
