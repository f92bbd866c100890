"""What becomes of answers when the text changes: as the stage's policy says, never silently."""

import pytest

from cms.accounts.models import User
from cms.core import trail
from cms.core.refusals import Refused
from tests.people import alma, bruno, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.calling import who_is_waited_for
from workflow.models import Decision, Journey
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db

# A second stage that does not lock, so that the text can still be changed.
SECOND = {**journeys.APPROVAL, "kind": "review"}


def after_the_first_stage(on_change):
    journeys.route({**journeys.REVIEW, "on_change": on_change}, SECOND)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    return journey


def change(journey, **fields):
    page = journeys.fresh(journey.subject)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=alma())


def recorded(journey):
    return [entry.action for entry in trail.entries_about(journey.subject)]


@pytest.mark.parametrize(
    ("on_change", "changed", "stage"),
    [
        ("lapse_all", {"body": "<p>Neu.</p>"}, "review"),
        ("lapse_all", {"note": "Neu."}, "review"),
        ("ask_confirm", {"body": "<p>Neu.</p>"}, "review"),
        ("keep", {"body": "<p>Neu.</p>"}, "approval"),
        ({"lapse_if": ["body"]}, {"body": "<p>Neu.</p>"}, "review"),
        ({"lapse_if": ["body"]}, {"note": "Neu."}, "approval"),
        ({"lapse_if": ["body", "note"]}, {"note": "Neu."}, "review"),
    ],
)
def test_answers_lapse_or_hold_as_the_stage_says(on_change, changed, stage):
    journey = after_the_first_stage(on_change)

    change(journey, **changed)

    assert journeys.open_stage(journey).key == stage
    assert (Decision.objects.get().lapsed_at is None) == (stage == "approval")
    kept_or_lapsed = "decision_kept" if stage == "approval" else "decisions_lapsed"
    assert f"workflow.{kept_or_lapsed}" in recorded(journey)


def test_a_kept_answer_lets_the_later_text_be_published_when_somebody_agreed_on_it():
    journey = after_the_first_stage("keep")
    change(journey, body="<p>Neu.</p>")

    journeys.agree(journey, minister())

    assert Journey.objects.get(pk=journey.pk).status == "agreed"
    assert "Neu" in journeys.fresh(journey.subject).body


def test_a_text_that_nobody_agreed_on_is_not_published_whatever_is_kept(monkeypatch):
    """The last net: with every stage keeping, some act must still name the very text."""
    from workflow.actions import publication

    journeys.route({**journeys.REVIEW, "on_change": "keep"})
    journey = journeys.in_review()
    seen = []
    real = publication.was_agreed_on

    def changed_meanwhile(standing):
        other = type(standing)(standing.journey, standing.subject, standing.revision, "0" * 64)
        seen.append(real(other))
        return real(standing)

    monkeypatch.setattr(publication, "was_agreed_on", changed_meanwhile)
    journeys.agree(journey, bruno())

    assert seen == [False]


def test_who_decided_confirms_the_changed_text_in_one_step():
    journey = after_the_first_stage("ask_confirm")
    earlier = Decision.objects.get()
    change(journey, body="<p>Neu.</p>")

    again = actions.confirm(
        earlier=earlier, by=bruno(), seen_digest=journeys.present_digest(journey.subject)
    )

    assert again.confirms == earlier
    assert again.answer == earlier.answer
    assert journeys.open_stage(journey).key == "approval"


@pytest.mark.parametrize("by", [minister, alma])
def test_nobody_confirms_the_answer_of_another(by):
    journey = after_the_first_stage("ask_confirm")
    earlier = Decision.objects.get()
    change(journey, body="<p>Neu.</p>")

    with pytest.raises(Refused) as refused:
        actions.confirm(
            earlier=earlier, by=by(), seen_digest=journeys.present_digest(journey.subject)
        )

    assert refused.value.refusal is Refusal.NOTHING_TO_CONFIRM


def test_an_answer_that_holds_needs_no_confirmation():
    journey = after_the_first_stage("ask_confirm")

    with pytest.raises(Refused) as refused:
        actions.confirm(
            earlier=Decision.objects.get(),
            by=bruno(),
            seen_digest=journeys.present_digest(journey.subject),
        )

    assert refused.value.refusal is Refusal.NOTHING_TO_CONFIRM


def test_a_text_that_is_saved_unchanged_costs_nobody_their_answer():
    journey = after_the_first_stage("lapse_all")

    journeys.fresh(journey.subject).save_revision(user=alma())

    assert journeys.open_stage(journey).key == "approval"
    assert Decision.objects.get().lapsed_at is None


def test_striking_who_has_not_answered_yet_decides_nothing_in_their_place():
    """What the others said holds over a change; but the change may not be the last word."""
    keeping = {**journeys.BY_PARTIES, "kind": "review", "on_change": "keep"}
    journeys.route({**keeping, "exclude": []}, SECOND)
    page = journeys.draft()
    page.towns = "aldorf berg"
    page.save_revision(user=alma())
    mayors = {town: User.objects.create_user(f"wera@{town}.example") for town in ("aldorf", "berg")}
    journey = journeys.in_review(journeys.fresh(page))
    journeys.agree(journey, mayors["aldorf"])

    change(journey, towns="aldorf")

    stage = journeys.open_stage(journey)
    assert stage.key == "parties"
    assert Decision.objects.get().lapsed_at is not None
    assert who_is_waited_for(stage) == [mayors["aldorf"]]
    assert recorded(journey).count("workflow.decisions_lapsed") == 1
    journeys.agree(journey, mayors["aldorf"])
    assert journeys.open_stage(journey).key == "approval"


def test_the_last_stage_stays_open_when_a_change_takes_its_condition_away():
    """Else nobody would be left to agree on the changed text, and the paper stood still."""
    several = {**journeys.BY_PARTIES, "when": {"parties_at_least": 2}, "exclude": []}
    journeys.route({**journeys.REVIEW, "on_change": "keep"}, several)
    page = journeys.draft()
    page.towns = "aldorf berg"
    page.save_revision(user=alma())
    mayor, _ = (User.objects.create_user(f"wera@{town}.example") for town in ("aldorf", "berg"))
    journey = journeys.in_review(journeys.fresh(page))
    journeys.agree(journey, bruno())
    journeys.agree(journey, mayor)

    change(journey, towns="aldorf")

    assert journeys.open_stage(journey).key == "parties"
    assert "workflow.stage_skipped" not in recorded(journey)
    assert who_is_waited_for(journeys.open_stage(journey)) == [mayor]
    journeys.agree(journey, mayor)
    assert journeys.fresh(page).live
