"""Sending back with points, to the author or to an earlier stage."""

import pytest

from cms.core import trail
from cms.core.refusals import Refused
from tests.people import alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.actions.returning import Point
from workflow.models import Decision, Journey, Return, ReturnPoint
from workflow.rules.refusals import Refusal
from workflow.rules.states import PointState

pytestmark = pytest.mark.django_db

TO_REVIEW = {**journeys.APPROVAL, "may_return_to": ["author", "review"]}


def send_back(journey, by, comment="So nicht.", **words):
    return actions.send_back(
        stage=journeys.open_stage(journey),
        by=by,
        comment=comment,
        seen_digest=journeys.present_digest(journey.subject),
        **words,
    )


def before_approval():
    journeys.route(journeys.REVIEW, TO_REVIEW)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    return journey


def refusal_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal


def test_a_text_goes_back_to_an_earlier_stage_which_decides_anew():
    journey = before_approval()

    returned = send_back(journey, minister(), to="review")

    assert returned.to_stage.key == "review"
    assert journeys.open_stage(journey).key == "review"
    assert Journey.objects.get(pk=journey.pk).status == "running"
    assert not Decision.objects.filter(lapsed_at=None).exists()
    journeys.agree(journey, bruno())
    journeys.agree(journey, minister())
    assert Journey.objects.get(pk=journey.pk).status == "agreed"


@pytest.mark.parametrize("to", ["approval", "nowhere", ""])
def test_a_text_goes_back_only_where_the_stage_allows(to):
    journey = before_approval()

    assert refusal_of(lambda: send_back(journey, minister(), to=to)) is Refusal.NO_RETURN_FROM_HERE
    assert not Return.objects.exists()


def test_points_are_numbered_and_empty_ones_left_out():
    journey = before_approval()
    points = [Point("§ 2 fehlt.", "body", "Text"), Point("  "), Point("Datum prüfen.")]

    returned = send_back(journey, minister(), comment="", points=points)

    assert [(one.order, one.text) for one in returned.points.all()] == [
        (1, "§ 2 fehlt."), (2, "Datum prüfen.")
    ]  # fmt: skip


def test_a_text_cannot_come_again_while_a_point_is_open():
    journey = before_approval()
    send_back(journey, minister(), points=[Point("§ 2 fehlt."), Point("Zu lang.")])
    first, second = ReturnPoint.objects.all()

    before = refusal_of(lambda: actions.resubmit(journey=journey, by=alma()))
    actions.settle_point(point=first, by=alma(), state=PointState.DONE)
    actions.settle_point(
        point=second, by=alma(), state=PointState.NOT_FOLLOWED, note="Die Länge ist vorgegeben."
    )
    actions.resubmit(journey=journey, by=alma())

    assert before is Refusal.POINTS_OPEN
    assert Journey.objects.get(pk=journey.pk).status == "running"
    assert [e.action for e in trail.entries_about(journey.subject)].count(
        "workflow.point_settled"
    ) == 2


def test_a_point_that_is_not_followed_needs_a_reason():
    journey = before_approval()
    send_back(journey, minister(), points=[Point("§ 2 fehlt.")])

    refusal = refusal_of(
        lambda: actions.settle_point(
            point=ReturnPoint.objects.get(), by=alma(), state=PointState.NOT_FOLLOWED
        )
    )

    assert refusal is Refusal.COMMENT_MISSING


def test_strangers_tick_nothing_off():
    journey = before_approval()
    send_back(journey, minister(), points=[Point("§ 2 fehlt.")])

    refusal = refusal_of(
        lambda: actions.settle_point(
            point=ReturnPoint.objects.get(), by=cem(), state=PointState.DONE
        )
    )

    assert refusal is Refusal.MAY_NOT_SUBMIT
    assert ReturnPoint.objects.get().state == "open"


def test_a_stage_that_collects_lets_everybody_speak_before_it_sends_back():
    both = {
        **journeys.REVIEW,
        "participants": [
            {"kind": "group", "key": "reviewers", "label": "Fachprüfung"},
            {"kind": "group", "key": "ministry", "label": "Ministerium"},
        ],
        "completion": "all",
        "on_return": "collect",
    }
    journeys.route(both)
    journey = journeys.in_review()

    send_back(journey, bruno(), points=[Point("§ 2 fehlt.")])
    between = Journey.objects.get(pk=journey.pk).status
    journeys.agree(journey, minister())

    assert between == "running"
    assert Journey.objects.get(pk=journey.pk).status == "returned"


def test_the_stage_that_sent_back_asks_again_even_when_nothing_was_changed():
    journey = before_approval()
    send_back(journey, minister(), comment="Warum so?")

    actions.resubmit(journey=journey, by=alma())

    assert journeys.open_stage(journey).key == "approval"
    journeys.agree(journey, minister())
    assert Journey.objects.get(pk=journey.pk).status == "agreed"


def test_a_paper_nobody_felt_responsible_for_is_asked_about_anew_when_it_comes_again():
    journeys.route({**journeys.REVIEW, "answers": ["agreed", "not_responsible"]})
    journey = journeys.in_review()
    actions.decide(
        stage=journeys.open_stage(journey), by=bruno(), answer="not_responsible",
        comment="Das Referat 12.", seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip
    assert Journey.objects.get(pk=journey.pk).status == "returned"

    actions.resubmit(journey=journey, by=alma())

    assert Decision.objects.get().lapsed_at is not None
    journeys.agree(journey, bruno())
    assert Journey.objects.get(pk=journey.pk).status == "agreed"
