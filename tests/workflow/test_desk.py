"""What waits for whom, by due date, at a constant number of queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.roles import Role
from tests.people import account, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow.desk import tasks_for
from workflow.models import Stage

pytestmark = pytest.mark.django_db


def due_in(journey, days):
    due = timezone.now() + timedelta(days=days)
    Stage.objects.filter(journey=journey, status="open").update(due_at=due)


def test_a_task_says_what_is_to_be_done_by_when_and_from_whom():
    journey = journeys.in_review()

    (task,) = tasks_for(bruno()).to_do

    assert task.title == "Kooperation"
    assert task.url == journey.get_absolute_url()
    assert task.stage_label == "Fachprüfung"
    assert task.kind_label == "Paper page"
    assert task.from_whom == "Alma Ahrens"
    assert task.due_at is not None


def test_tasks_lie_in_piles_by_due_date():
    made = {days: journeys.in_review(journeys.draft(f"In {days}")) for days in (-1, 0, 40, 60)}
    for days, journey in made.items():
        due_in(journey, days)

    desk = tasks_for(bruno())

    assert [task.title for task in desk.overdue] == ["In -1"]
    assert [task.title for task in desk.today] == ["In 0"]
    assert [task.title for task in desk.later] == ["In 40", "In 60"]
    assert [task.title for task in desk.to_do] == ["In -1", "In 0", "In 40", "In 60"]
    assert desk.total_to_do == 4


def test_the_author_waits_for_others_and_sees_what_came_back():
    journeys.in_review()
    journeys.returned(journeys.draft("Zurück"))

    desk = tasks_for(alma())

    assert [task.title for task in desk.waiting] == ["Kooperation"]
    assert [(task.title, task.status) for task in desk.to_do] == [("Zurück", "returned")]


def test_what_somebody_may_not_decide_is_not_on_their_desk():
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    page = journeys.draft(by=alma())
    journeys.edit(page, "<p>Von Rosa.</p>", by=author)
    journeys.in_review(page)
    journeys.in_review(journeys.draft("Eigenes", by=author), by=alma())

    assert tasks_for(author).to_do == ()
    assert tasks_for(cem()).to_do == ()
    assert tasks_for(minister()).to_do == ()
    assert len(tasks_for(bruno()).to_do) == 2


def test_what_is_decided_leaves_the_desk():
    journey = journeys.in_review()
    journeys.agree(journey, bruno())

    assert tasks_for(bruno()).to_do == ()
    assert len(tasks_for(minister()).to_do) == 1


def test_the_desk_costs_the_same_for_one_paper_and_for_many(django_assert_num_queries):
    bruno_ = bruno()
    account("Rosa Reim", Role.REVIEWERS)
    journeys.in_review()
    journeys.in_review(journeys.draft("Von Bruno", by=bruno_), by=alma())

    with django_assert_num_queries(10):
        assert len(tasks_for(bruno_).to_do) == 1
    for number in range(6):
        journeys.in_review(journeys.draft(f"Nummer {number}"))
    with django_assert_num_queries(10):
        assert len(tasks_for(bruno_).to_do) == 7
