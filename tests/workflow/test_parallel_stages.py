"""Several participants in one stage: seats, weights, vetoes, abstentions, conditions."""

import pytest

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.core import trail
from cms.core.refusals import Refused
from tests.people import account, alma, bruno, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Decision, Journey, Participant
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db

TOWNS = "aldorf berg calw"
BY_TOWNS = {
    **journeys.BY_PARTIES,
    "kind": "approval",
    "answers": ["agreed", "agreed_with_remarks", "abstained", "not_responsible", "objected"],
}


def speaker(town):
    """Somebody who speaks for a town, as their address says."""
    mail = f"wera@{town}.example"
    present = User.objects.filter(email=mail).first()
    return present or User.objects.create_user(mail, first_name="Wera", last_name=town.title())


def under_way(*stages, towns=TOWNS, **fields):
    journeys.route(*stages)
    for town in towns.split():
        speaker(town)
    page = journeys.draft()
    page.towns = towns
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=alma())
    return journeys.in_review(journeys.fresh(page))


def answer(journey, by, word="agreed", comment="Begründung.", **words):
    return actions.decide(
        stage=journeys.open_stage(journey),
        by=by,
        answer=word,
        comment=comment,
        seen_digest=journeys.present_digest(journey.subject),
        **words,
    )


def status_of(journey):
    return Journey.objects.get(pk=journey.pk).status


def test_all_parties_have_to_agree_and_each_answers_for_itself():
    journey = under_way(BY_TOWNS)

    for town in ("aldorf", "berg"):
        answer(journey, speaker(town))
    before = status_of(journey)
    answer(journey, speaker("calw"), "agreed_with_remarks", "Mit Rücksicht auf § 3.")

    assert (before, status_of(journey)) == ("running", "agreed")
    assert set(Decision.objects.values_list("on_behalf_of_label", flat=True)) == {
        "Aldorf", "Berg", "Calw"
    }  # fmt: skip


def test_one_party_alone_cannot_answer_for_another():
    journey = under_way(BY_TOWNS)
    foreign = Participant.objects.get(key="town:berg").pk

    with pytest.raises(Refused) as refused:
        answer(journey, speaker("aldorf"), participant=foreign)

    assert refused.value.refusal is Refusal.NOT_PARTICIPANT
    assert not Decision.objects.exists()


def test_a_stage_ends_as_soon_as_nothing_can_change_it():
    half = {**BY_TOWNS, "completion": {"percent": {"p": 50, "of": "parties"}}}
    journey = under_way(half, journeys.APPROVAL)

    answer(journey, speaker("aldorf"))
    answer(journey, speaker("berg"))

    assert journeys.open_stage(journey).key == "approval"
    with pytest.raises(Refused):
        actions.decide(
            stage=Participant.objects.get(key="town:calw").stage,
            by=speaker("calw"),
            answer="agreed",
            seen_digest=journeys.present_digest(journey.subject),
        )


def test_weights_decide_where_the_rule_weighs():
    weighed = {
        **BY_TOWNS,
        "participants": [
            {"kind": "parties"},
            {"kind": "group", "key": "ministry", "label": "Ministerium", "weight": 3},
        ],
        "completion": {"weight": {"p": 50, "of": ["parties", "group:ministry"]}},
    }
    journey = under_way(weighed, towns="aldorf berg")

    answer(journey, minister())

    assert status_of(journey) == "agreed"


def test_an_objection_with_a_veto_refuses_whatever_the_others_say():
    with_veto = {
        **BY_TOWNS,
        "participants": [
            {"kind": "parties"},
            {"kind": "group", "key": "ministry", "label": "Ministerium"},
        ],
        "completion": {"any": ["parties", "group:ministry"]},
        "veto": ["group:ministry"],
    }
    journey = under_way(with_veto)

    for town in TOWNS.split():
        answer(journey, speaker(town))
    before = status_of(journey)
    answer(journey, minister(), "objected")

    assert (before, status_of(journey)) == ("running", "refused")


def test_where_all_abstain_the_paper_goes_back_to_its_author():
    journey = under_way(BY_TOWNS, towns="aldorf berg")

    answer(journey, speaker("aldorf"), "abstained")
    answer(journey, speaker("berg"), "not_responsible")

    assert status_of(journey) == "returned"
    assert Journey.objects.get(pk=journey.pk).returns.get().by is None


def test_a_stage_whose_condition_does_not_hold_is_left_out_on_record():
    only_with_note = {**BY_TOWNS, "when": {"has_field": "note"}}
    journey = under_way(journeys.REVIEW, only_with_note, journeys.APPROVAL)

    journeys.agree(journey, bruno())

    assert journeys.open_stage(journey).key == "approval"
    assert journey.stages.get(key="parties").status == "skipped"
    actions_done = [entry.action for entry in trail.entries_about(journey.subject)]
    assert "workflow.stage_skipped" in actions_done


def test_a_change_of_the_text_can_bring_a_stage_back_in():
    only_with_note = {**BY_TOWNS, "when": {"has_field": "note"}}
    journey = under_way(journeys.REVIEW, only_with_note, {**journeys.APPROVAL, "kind": "review"})
    journeys.agree(journey, bruno())
    page = journeys.fresh(journey.subject)
    page.note = "Betrifft die Kommunen."
    page.save_revision(user=alma())

    journeys.agree(journey, bruno())

    assert journeys.open_stage(journey).key == "parties"


def test_who_is_named_no_more_keeps_their_answer_on_record_and_has_no_say():
    open_text = {**BY_TOWNS, "kind": "review"}
    journey = under_way(open_text)
    answer(journey, speaker("calw"))
    page = journeys.fresh(journey.subject)
    page.towns = "aldorf berg"
    page.save_revision(user=alma())

    for town in ("aldorf", "berg"):
        answer(journey, speaker(town))

    assert status_of(journey) == "agreed"
    gone = Participant.objects.get(key="town:calw")
    assert gone.gone_at is not None
    assert gone.decisions.get().lapsed_at is not None


def test_a_role_in_an_organisation_is_a_participant_like_others():
    """The stand-ins know no roles: nobody stands behind one, so it is told before it is sent."""
    by_role = {
        **journeys.REVIEW,
        "participants": [{"kind": "role", "key": "ministry:head", "label": "Hausleitung"}],
    }
    journeys.route(by_role)

    with pytest.raises(Refused) as refused:
        actions.submit(subject=journeys.draft(), by=alma())

    assert refused.value.refusal is Refusal.NOBODY_CAN_DECIDE


def test_somebody_who_speaks_for_two_parties_answers_for_each():
    journey = under_way(BY_TOWNS, towns="aldorf")
    seat = Participant.objects.get(key="town:aldorf")
    second = Participant.objects.create(
        stage=seat.stage, kind="person", key=str(speaker("aldorf").pk), label="Wera"
    )

    answer(journey, speaker("aldorf"), participant=seat.pk)

    assert Decision.objects.get().participant == seat
    assert second.decisions.count() == 0


def test_a_second_hat_of_the_same_kind_gives_no_second_vote():
    """Four eyes: who is in both groups answers once. Red when only seats are looked at."""
    both = {
        **journeys.REVIEW,
        "participants": [
            {"kind": "group", "key": "reviewers", "label": "Fachprüfung"},
            {"kind": "group", "key": "ministry", "label": "Ministerium"},
        ],
        "completion": "all",
    }
    journeys.route(both)
    twofold = account("Rosa Reim", Role.REVIEWERS, Role.MINISTRY)
    journey = journeys.in_review()
    journeys.agree(journey, twofold)

    with pytest.raises(Refused) as refused:
        journeys.agree(journey, twofold)

    assert refused.value.refusal is Refusal.ALREADY_DECIDED


def test_who_decided_in_an_earlier_stage_is_kept_out_where_the_stage_says_so():
    second = {**journeys.REVIEW, "key": "second", "exclude": ["earlier"]}
    journeys.route(journeys.REVIEW, second)
    account("Rosa Reim", Role.REVIEWERS)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())

    with pytest.raises(Refused) as refused:
        journeys.agree(journey, bruno())

    assert refused.value.refusal is Refusal.DECIDED_EARLIER


def test_without_that_exclusion_the_same_person_would_decide_twice():
    """Negative control of the test above."""
    second = {**journeys.REVIEW, "key": "second", "exclude": []}
    journeys.route(journeys.REVIEW, second)
    journey = journeys.in_review()

    journeys.agree(journey, bruno())
    journeys.agree(journey, bruno())

    assert status_of(journey) == "agreed"


def test_colleagues_of_the_author_are_kept_out_where_the_stage_says_so():
    author = speaker("aldorf")
    author.groups.add(*alma().groups.all())
    colleague = account("Rosa Reim", Role.REVIEWERS)
    colleague.email = "rosa@aldorf.example"
    colleague.save()
    journeys.route({**journeys.REVIEW, "exclude": ["same_organisation"]})
    journey = journeys.in_review(journeys.draft(by=author), by=author)

    with pytest.raises(Refused) as refused:
        journeys.agree(journey, colleague)

    assert refused.value.refusal is Refusal.SAME_ORGANISATION
