"""Who may see what: trimmed in the index, and once more against the database."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Q, QuerySet

from cms.core import kernel, outbox
from cms.core.models import OutboxRow
from cms.core.values import FuzzyDate
from search import asking
from search.engines import get_engine
from search.entries import Entry
from search.indexing import KIND
from search.questions import Facet, Question
from search.sources import ModelSource, key_for
from tests.people import alma, cem
from tests.search.stand_in import MEMBERS, PUBLIC, Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]
GUEST = AnonymousUser()
SECRET = "Haushaltssperre"


def test_a_members_text_is_found_by_the_member_and_by_nobody_else(
    index: Index, members: None
) -> None:
    index(paper(1, text=f"Die {SECRET} kommt.", tokens=MEMBERS, topics=["Geheim"]), paper(2))
    question = Question(text=SECRET)

    for stranger in (GUEST, cem()):
        answer = asking.find(question, user=stranger)
        assert (answer.total, answer.hits, answer.suggestion) == (0, [], "")
        assert not any(answer.facets.values())
        assert asking.suggest("haushaltssp", user=stranger) == []

    # The control: it is there.
    answer = asking.find(question, user=alma())
    assert answer.total == 1
    assert [value.value for value in answer.facets[Facet.TOPIC]] == ["Geheim"]
    assert asking.suggest("haushaltssp", user=alma()) == [SECRET]


def test_a_word_that_one_paper_has_is_one_hit_however_alike_the_others_are(
    index: Index, members: None
) -> None:
    """Red when feedback may find papers of its own: they share everything but the word."""
    alike = "Feuerwehr, Bauhof und Stadtwerke beraten den Winterdienst."
    others = (paper(n, text="Ganz anderes.") for n in range(20, 80))
    index(
        paper(1, text=f"{alike} Die {SECRET} kommt.", tokens=MEMBERS),
        *(paper(n, text=alike) for n in range(2, 6)),
        *others,
    )

    answer = asking.find(Question(text=SECRET), user=alma())

    assert (answer.total, [hit.key for hit in answer.hits]) == (1, [paper(1).key])
    assert asking.find(Question(text=SECRET), user=GUEST).total == 0


def test_a_misspelt_members_word_is_corrected_for_members_alone(
    index: Index, members: None
) -> None:
    index(paper(1, text=f"Die {SECRET} kommt.", tokens=MEMBERS), paper(2))
    question = Question(text="Haushaltspere")

    assert asking.find(question, user=GUEST).suggestion == ""
    assert asking.find(question, user=alma()).suggestion == SECRET


def test_tokens_of_a_question_are_never_taken_from_the_caller(index: Index) -> None:
    index(paper(1, tokens=MEMBERS))

    answer = asking.find(Question(text="Vermerk", tokens=MEMBERS), user=GUEST)

    assert answer.total == 0


def test_what_the_database_hides_is_not_shown_though_the_index_still_has_it(
    index: Index, archive: Archive
) -> None:
    """Red without the second trimming: the index says public until the next write."""
    index(paper(1, when=FuzzyDate.of_year(1995)), paper(2, when=FuzzyDate.of_year(1996)))
    archive.seen_by["stand_in.paper:1"] = set()

    answer = asking.find(Question(text="Vermerk"), user=GUEST)

    assert [hit.key for hit in answer.hits] == ["stand_in.paper:2"]
    assert answer.total == 1
    assert [value.value for value in answer.facets[Facet.YEAR]] == ["1996"]
    # And the index is mended.
    assert OutboxRow.objects.filter(kind=KIND, key="stand_in.paper:1", done_at=None).exists()


def test_a_page_is_filled_up_after_hidden_hits(index: Index, archive: Archive) -> None:
    index(*(paper(n) for n in range(1, 16)))
    archive.seen_by.update({f"stand_in.paper:{n}": set() for n in range(1, 4)})

    answer = asking.find(Question(text="Vermerk"), user=GUEST)

    assert len(answer.hits) == 10
    assert answer.total == 12


def test_when_asking_the_database_fails_nothing_is_shown(
    index: Index, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1))

    def fails(user: Any, keys: Any) -> set[str]:
        raise RuntimeError("no database")

    monkeypatch.setattr(archive, "visible_keys", fails, raising=False)

    with pytest.raises(RuntimeError):
        asking.find(Question(text="Vermerk"), user=GUEST)


def test_an_entry_whose_source_is_gone_is_not_shown(
    index: Index, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1))
    monkeypatch.setattr("search.sources._sources", {})

    assert asking.find(Question(text="Vermerk"), user=GUEST).total == 0


def test_a_paper_that_turns_internal_is_gone_for_guests_after_the_next_write(
    index: Index, members: None
) -> None:
    index(paper(1))

    index(replace(paper(1), tokens=MEMBERS))

    assert get_engine().ask(Question(text="Vermerk", tokens=PUBLIC)).total == 0
    assert asking.find(Question(text="Vermerk"), user=alma()).total == 1


class GroupSource(ModelSource):
    model = Group
    kind = "group"
    label = "Gruppe"

    def queryset(self) -> QuerySet[Group]:
        return Group.objects.prefetch_related("permissions")

    def describe(self, record: Group) -> Entry:
        return Entry(key=key_for(record), kind="group", title=record.name, url="/", tokens=PUBLIC)


def test_a_model_source_asks_the_kernel_in_one_query(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    shown = Group.objects.create(name="shown")
    hidden = Group.objects.create(name="hidden")
    grant = kernel.Grant(
        frozenset({kernel.Verb.VIEW}), lambda user: Q(name="shown"), because="a test"
    )
    monkeypatch.setitem(kernel._grants, Group, [grant])
    source = GroupSource()

    with django_assert_num_queries(1):
        visible = source.visible_keys(GUEST, [key_for(shown), key_for(hidden)])

    assert visible == {key_for(shown)}
    assert source.entry(key_for(hidden)) is not None
    assert source.entry("auth.group:999999") is None
    assert set(source.keys()) >= {key_for(shown), key_for(hidden)}


def test_draining_leaves_no_row_behind(index: Index) -> None:
    index(paper(1), paper(2))

    assert outbox.drain(kinds=[KIND]).done == 0
