"""What an administrator can do in place of the participants, and what nobody can."""

import pytest

from cms.accounts.roles import Role
from cms.core import trail
from cms.core.refusals import Refused
from tests.people import account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Decision, Journey, Stage
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db


def pass_stage(journey, by, reason="Die Frist nach § 4 läuft ab.", seen=None):
    actions.pass_stage(
        stage=journeys.open_stage(journey),
        by=by,
        reason=reason,
        seen_digest=seen or journeys.present_digest(journey.subject),
    )


def status_of(journey):
    return Journey.objects.get(pk=journey.pk).status


def test_an_administrator_lets_a_journey_pass_and_it_is_no_vote():
    journey = journeys.in_review()

    pass_stage(journey, admin())

    assert journeys.open_stage(journey).key == "approval"
    assert journey.stages.get(key="review").status == "overridden"
    assert not Decision.objects.exists()
    entry = trail.entries_about(journey.subject).get(action="workflow.overridden")
    assert entry.payload["reason"] == "Die Frist nach § 4 läuft ab."
    assert entry.payload["digest"] == journeys.present_digest(journey.subject)


def test_a_stage_that_was_passed_publishes_the_text_it_was_passed_on():
    journey = journeys.before_approval()

    pass_stage(journey, admin())

    assert status_of(journey) == "agreed"
    assert journeys.fresh(journey.subject).live


def test_a_change_opens_a_passed_stage_again():
    journeys.route(journeys.REVIEW, {**journeys.APPROVAL, "kind": "review"})
    journey = journeys.in_review()
    pass_stage(journey, admin())

    journeys.edit(journey.subject, "<p>Neu.</p>")

    assert journeys.open_stage(journey).key == "review"
    assert Stage.objects.get(journey=journey, key="review").overridden_digest == ""


@pytest.mark.parametrize("somebody", [alma, bruno, minister, cem])
@pytest.mark.parametrize("act", ["pass_stage", "end_journey", "take_offline"])
def test_nobody_but_an_administrator_overrides(somebody, act):
    journey = journeys.before_approval()
    words = {
        "pass_stage": lambda: pass_stage(journey, somebody()),
        "end_journey": lambda: actions.end_journey(journey=journey, by=somebody(), reason="Eilt."),
        "take_offline": lambda: actions.take_offline(
            page=journey.subject, by=somebody(), reason="Eilt."
        ),
    }

    with pytest.raises(Refused) as refused:
        words[act]()

    assert refused.value.refusal is Refusal.ONLY_ADMINISTRATORS
    assert status_of(journey) == "running"


def test_an_administrator_who_was_shut_out_overrides_nothing():
    journey = journeys.before_approval()
    gone = admin()
    gone.is_active = False

    with pytest.raises(Refused):
        pass_stage(journey, gone)

    assert status_of(journey) == "running"


def test_an_override_needs_a_reason_and_the_text_that_was_seen():
    journey = journeys.before_approval()

    for words, refusal in (
        ({"reason": "  "}, Refusal.REASON_MISSING),
        ({"seen": "0" * 64}, Refusal.TEXT_HAS_CHANGED),
    ):
        with pytest.raises(Refused) as refused:
            pass_stage(journey, admin(), **words)
        assert refused.value.refusal is refusal

    assert status_of(journey) == "running"


def test_an_administrator_ends_a_journey_in_place_of_its_author():
    journey = journeys.before_approval()

    actions.end_journey(journey=journey, by=admin(), reason="Doppelt eingereicht.")

    assert status_of(journey) == "withdrawn"
    assert not journeys.fresh(journey.subject).live
    done = [entry.action for entry in trail.entries_about(journey.subject)]
    assert done[-2:] == ["workflow.overridden", "workflow.withdrawn"]


def test_a_published_text_can_be_taken_from_the_public_and_set_out_again():
    journey = journeys.agreed()

    actions.take_offline(page=journey.subject, by=admin(), reason="Einstweilige Verfügung.")

    page = journeys.fresh(journey.subject)
    assert not page.live
    assert actions.submit(subject=page, by=alma()).status == "running"


def test_what_is_not_public_cannot_be_taken_offline():
    with pytest.raises(Refused) as refused:
        actions.take_offline(page=journeys.draft(), by=admin(), reason="Eilt.")

    assert refused.value.refusal is Refusal.NOT_PUBLIC


# --- Moving a journey to another version ---------------------------------------------


def moved(journey, route, mapping=None, by=None):
    actions.move_journey(
        journey=journey, route=route, mapping=mapping or {}, by=by or admin(), reason="Neuer Plan."
    )
    return Journey.objects.get(pk=journey.pk)


def test_answers_that_only_the_former_rules_kept_lapse():
    """Else the text could never be agreed on: the new rules want every answer on one text."""
    second = {**journeys.APPROVAL, "kind": "review"}
    journeys.route({**journeys.REVIEW, "on_change": "keep"}, second)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    journeys.edit(journey.subject, "<p>Neu.</p>")
    assert journeys.open_stage(journey).key == "approval"

    moved(journey, journeys.route({**journeys.REVIEW, "on_change": "lapse_all"}, second))

    assert journeys.open_stage(journey).key == "review"
    assert Decision.objects.get().lapsed_at is not None
    for person in (bruno(), minister()):
        journeys.agree(journey, person)
    assert Journey.objects.get(pk=journey.pk).status == "agreed"


def test_answers_of_those_whom_the_other_version_excludes_lapse():
    journey = journeys.before_approval()
    excluding = {**journeys.APPROVAL, "key": "review", "exclude": ["submitter"]}
    Journey.objects.filter(pk=journey.pk).update(started_by=bruno())

    moved(journey, journeys.route(excluding, journeys.APPROVAL))

    assert journeys.open_stage(journey).key == "review"
    assert Decision.objects.get().lapsed_at is not None


def test_a_running_journey_keeps_its_version_until_somebody_moves_it():
    journey = journeys.before_approval()
    newer = journeys.route(journeys.REVIEW)

    before = Journey.objects.get(pk=journey.pk).route
    journey = moved(journey, newer, {})

    assert (before.version, journey.route.version) == (1, 2)
    assert journey.stages.get(key="approval").status == "dropped"
    assert journey.status == "agreed"


def test_a_stage_in_which_somebody_decided_has_to_be_mapped():
    journey = journeys.before_approval()
    newer = journeys.route({**journeys.REVIEW, "key": "second_look"}, journeys.APPROVAL)

    with pytest.raises(Refused) as refused:
        moved(journey, newer)

    assert refused.value.refusal is Refusal.NO_SUCH_MAPPING
    assert Journey.objects.get(pk=journey.pk).route.version == 1


def test_answers_count_in_the_stage_they_are_mapped_to():
    journey = journeys.before_approval()
    account("Ole Ohm", Role.OFFICE)
    between = {
        **journeys.REVIEW,
        "key": "office",
        "participants": [{"kind": "group", "key": "office", "label": "Geschäftsstelle"}],
    }
    newer = journeys.route({**journeys.REVIEW, "key": "first"}, between, journeys.APPROVAL)

    journey = moved(journey, newer, {"review": "first"})

    assert [(s.key, s.status) for s in journey.stages.all()] == [
        ("first", "done"), ("office", "open"), ("approval", "waiting")
    ]  # fmt: skip
    assert journey.stages.get(key="first").decisions.get().lapsed_at is None


@pytest.mark.parametrize(
    "mapping", [{"review": "nowhere"}, {"nothing": "review"}, {"review": "approval"}]
)
def test_a_mapping_that_leads_nowhere_changes_nothing(mapping):
    journey = journeys.before_approval()
    newer = journeys.route(journeys.REVIEW, journeys.APPROVAL)

    with pytest.raises(Refused) as refused:
        moved(journey, newer, mapping)

    assert refused.value.refusal is Refusal.NO_SUCH_MAPPING


def test_only_administrators_move_a_journey():
    journey = journeys.before_approval()
    newer = journeys.route(journeys.REVIEW)

    with pytest.raises(Refused) as refused:
        moved(journey, newer, by=alma())

    assert refused.value.refusal is Refusal.ONLY_ADMINISTRATORS
