"""Who may decide, on which text, and what follows."""

from datetime import date

import pytest

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.core import trail
from cms.core.refusals import Refused
from tests.people import account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from tests.stand_ins.models import PaperPage
from workflow import actions, digests, signals
from workflow.models import Decision, Journey, Return, Stage
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db


def refusal_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal


def status_of(journey):
    return Journey.objects.get(pk=journey.pk).status


# --- Who ---------------------------------------------------------------------------


def test_the_author_cannot_decide_even_as_a_reviewer():
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    journey = journeys.in_review(journeys.draft(by=author), by=author)

    assert refusal_of(lambda: journeys.agree(journey, author)) is Refusal.IS_AUTHOR


def test_without_the_exclusion_the_author_would_decide():
    """Negative control of the test above."""
    journeys.route({**journeys.REVIEW, "exclude": []})
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    journey = journeys.in_review(journeys.draft(by=author), by=author)

    journeys.agree(journey, author)

    assert status_of(journey) == "agreed"


def test_an_owner_cannot_decide_when_somebody_else_submits():
    owner = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    journey = journeys.in_review(journeys.draft(by=owner), by=alma())

    assert refusal_of(lambda: journeys.agree(journey, owner)) is Refusal.IS_AUTHOR


def test_who_edited_the_text_cannot_decide_even_if_another_edited_last():
    editor = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    page = journeys.draft()
    journeys.edit(page, "<p>Von Rosa.</p>", by=editor)
    journeys.edit(page, "<p>Von Alma.</p>", by=alma())
    journey = journeys.in_review(page)

    assert refusal_of(lambda: journeys.agree(journey, editor)) is Refusal.HAS_EDITED


def test_purging_revisions_does_not_wash_an_editor_clean():
    editor = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    page = journeys.draft()
    between = journeys.edit(page, "<p>Von Rosa.</p>", by=editor)
    journeys.edit(page, "<p>Von Alma.</p>", by=alma())
    journey = journeys.in_review(page)
    between.delete()

    assert refusal_of(lambda: journeys.agree(journey, editor)) is Refusal.HAS_EDITED


@pytest.mark.parametrize("somebody", [cem, minister, admin])
def test_who_takes_no_part_in_the_stage_cannot_decide(somebody):
    journey = journeys.in_review()

    assert refusal_of(lambda: journeys.agree(journey, somebody())) is Refusal.NOT_PARTICIPANT


def test_who_was_shut_out_cannot_decide():
    journey = journeys.in_review()
    gone = bruno()
    gone.is_active = False
    gone.save()

    assert refusal_of(lambda: journeys.agree(journey, gone)) is Refusal.NOT_PARTICIPANT


def test_one_of_a_group_decides_for_it_and_the_second_is_told_so():
    journey = journeys.in_review()
    stage = journeys.open_stage(journey)
    digest = journeys.present_digest(journey.subject)
    journeys.agree(journey, bruno())
    other = account("Rosa Reim", Role.REVIEWERS)

    refusal = refusal_of(
        lambda: actions.decide(stage=stage, by=other, answer="agreed", seen_digest=digest)
    )

    assert refusal is Refusal.NOT_OPEN
    assert Decision.objects.count() == 1


# --- On which text ------------------------------------------------------------------


def test_a_decision_on_another_text_is_refused_with_nothing_written():
    journey = journeys.in_review()
    before = trail.entries_about(journey.subject).count()

    refusal = refusal_of(
        lambda: actions.decide(
            stage=journeys.open_stage(journey), by=bruno(), answer="agreed", seen_digest="0" * 64
        )
    )

    assert refusal is Refusal.TEXT_HAS_CHANGED
    assert not Decision.objects.exists()
    assert trail.entries_about(journey.subject).count() == before


def test_without_the_binding_a_text_nobody_read_would_be_approved(monkeypatch):
    """Negative control: with the digests switched off the changed text goes public."""
    monkeypatch.setattr(digests, "digest_of", lambda subject, revision=None: "always the same")
    journey = journeys.before_approval()
    monkeypatch.setattr(PaperPage, "refusal_to_edit", lambda self: None)
    journeys.edit(journey.subject, "<p>Untergeschoben.</p>")

    journeys.agree(journey, minister())

    assert "Untergeschoben" in journeys.fresh(journey.subject).body


def test_a_decision_names_revision_and_digest():
    journey = journeys.in_review()
    digest = journeys.present_digest(journey.subject)

    decision = journeys.agree(journey, bruno(), comment=" Gut. ")

    assert decision.revision_id == journeys.fresh(journey.subject).latest_revision_id
    assert decision.content_digest == digest
    assert decision.comment == "Gut."


def test_an_edit_in_an_open_stage_lets_answers_lapse_and_begins_again():
    journeys.route(journeys.REVIEW, {**journeys.REVIEW, "key": "second", "label": "Zweite"})
    other = account("Rosa Reim", Role.REVIEWERS)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    decision = Decision.objects.get()
    assert decision.lapsed_at is not None
    assert journeys.open_stage(journey).key == "review"
    journeys.agree(journey, other)
    journeys.agree(journey, bruno())
    assert status_of(journey) == "agreed"
    assert "Zweiter" in journeys.fresh(journey.subject).body


def test_saving_without_a_change_lets_nothing_lapse():
    journeys.route(journeys.REVIEW, {**journeys.REVIEW, "key": "second", "label": "Zweite"})
    journey = journeys.in_review()
    journeys.agree(journey, bruno())

    journeys.fresh(journey.subject).save_revision(user=alma())

    assert Decision.objects.get().lapsed_at is None
    assert journeys.open_stage(journey).key == "second"


def test_a_returned_text_submitted_unchanged_keeps_the_answers_before():
    journey = journeys.before_approval()
    actions.send_back(
        stage=journeys.open_stage(journey), by=minister(), comment="Warum so?",
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip

    actions.resubmit(journey=journey, by=alma())

    assert journeys.open_stage(journey).key == "approval"
    assert [one.answer for one in Decision.objects.filter(lapsed_at=None)] == ["agreed"]


def test_a_returned_text_submitted_changed_is_reviewed_again():
    journey = journeys.before_approval()
    actions.send_back(
        stage=journeys.open_stage(journey), by=minister(), comment="§ 2 fehlt.",
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    actions.resubmit(journey=journey, by=alma())

    assert journeys.open_stage(journey).key == "review"
    assert not Decision.objects.filter(lapsed_at=None).exists()


def test_an_attached_file_is_part_of_the_text(monkeypatch):
    page = journeys.draft()
    revision = page.get_latest_revision()
    monkeypatch.setattr(digests, "_file_sources", [lambda text: [("anlage.pdf", "a" * 64)]])
    before = digests.digest_of(page, revision)
    monkeypatch.setattr(digests, "_file_sources", [lambda text: [("anlage.pdf", "b" * 64)]])

    assert digests.digest_of(page, revision) != before


def test_a_file_replaced_under_way_sends_the_text_through_all_stages_again(monkeypatch):
    journey = journeys.before_approval()
    digest = journeys.present_digest(journey.subject)
    stage = journeys.open_stage(journey)
    monkeypatch.setattr(digests, "_file_sources", [lambda text: [("anlage.pdf", "b" * 64)]])

    refusal = refusal_of(
        lambda: actions.decide(stage=stage, by=minister(), answer="agreed", seen_digest=digest)
    )
    again = journeys.open_stage(journey).key
    journeys.agree(journey, bruno())
    journeys.agree(journey, minister())

    assert refusal is Refusal.TEXT_HAS_CHANGED
    assert again == "review"
    assert status_of(journey) == "agreed"


def test_moving_in_the_tree_and_the_chapters_state_are_no_change_of_the_text():
    page = journeys.draft()
    before = journeys.present_digest(page)
    page.state = "in_force"
    page.path, page.numchild = "00010099", 3

    page.save_revision(user=alma())

    assert journeys.present_digest(page) == before


# --- What follows -------------------------------------------------------------------


def test_a_no_of_the_ministry_ends_the_journey():
    journey = journeys.before_approval()
    stage = journeys.open_stage(journey)
    digest = journeys.present_digest(journey.subject)

    without_reason = refusal_of(
        lambda: actions.decide(stage=stage, by=minister(), answer="objected", seen_digest=digest)
    )
    actions.decide(
        stage=stage, by=minister(), answer="objected", seen_digest=digest, comment="Nein."
    )

    page = journeys.fresh(journey.subject)
    assert without_reason is Refusal.COMMENT_MISSING
    assert status_of(journey) == "refused"
    assert not page.live
    assert page.current_workflow_state is None
    assert actions.submit(subject=page, by=alma()).status == "running"


def test_a_stage_knows_only_its_own_answers():
    journey = journeys.in_review()
    digest = journeys.present_digest(journey.subject)

    refusal = refusal_of(
        lambda: actions.decide(
            stage=journeys.open_stage(journey), by=bruno(), answer="objected",
            seen_digest=digest, comment="Nein.",
        )
    )  # fmt: skip

    assert refusal is Refusal.NO_SUCH_ANSWER


def test_a_receiver_that_fails_undoes_the_decision():
    journey = journeys.before_approval()

    def fail(**kwargs):
        raise RuntimeError("the chapter could not follow")

    signals.journey_agreed.connect(fail, weak=False)
    try:
        with pytest.raises(RuntimeError):
            journeys.agree(journey, minister())
    finally:
        signals.journey_agreed.disconnect(fail)

    assert status_of(journey) == "running"
    assert not journeys.fresh(journey.subject).live
    assert Decision.objects.count() == 1


def test_withdrawing_is_the_authors_and_the_administrators():
    journey = journeys.in_review()

    refusal = refusal_of(lambda: actions.withdraw(journey=journey, by=bruno()))
    actions.withdraw(journey=journey, by=alma())

    assert refusal is Refusal.MAY_NOT_WITHDRAW
    assert status_of(journey) == "withdrawn"
    assert refusal_of(lambda: actions.withdraw(journey=journey, by=alma())) is Refusal.NOT_RUNNING


def test_a_paper_cannot_be_on_two_journeys():
    journey = journeys.in_review()

    refusal = refusal_of(lambda: actions.submit(subject=journey.subject, by=alma()))

    assert refusal is Refusal.ALREADY_UNDER_WAY


def test_who_may_not_edit_may_not_submit():
    journeys.route()
    page = journeys.draft()

    assert refusal_of(lambda: actions.submit(subject=page, by=cem())) is Refusal.MAY_NOT_SUBMIT


def test_a_text_that_nobody_could_decide_on_does_not_set_out():
    journeys.route()
    bruno()
    page = journeys.draft()

    with pytest.raises(Refused) as refused:
        actions.submit(subject=page, by=alma())

    assert refused.value.refusal is Refusal.NOBODY_CAN_DECIDE
    assert "Zustimmung" in refused.value.sentence
    assert not Journey.objects.exists()


def test_a_journey_keeps_the_route_it_began_with():
    journey = journeys.in_review()
    journeys.route(journeys.APPROVAL)

    journeys.agree(journey, bruno())

    assert journeys.open_stage(journey).key == "approval"
    assert Journey.objects.get(pk=journey.pk).route.version == 1


# --- Takeover -----------------------------------------------------------------------


def test_an_existing_text_is_taken_over_as_such():
    page = journeys.draft()

    actions.take_over(subject=page, by=alma(), source="Altakte 24-1", on=date(1995, 7, 14))

    page = journeys.fresh(page)
    entry = trail.entries_about(page).last()
    assert page.live
    assert page.first_published_at.year == 1995
    assert entry.action == "workflow.taken_over"
    assert entry.payload["source"] == "Altakte 24-1"
    assert entry.payload["digest"] == journeys.present_digest(page)


def test_a_takeover_needs_a_source_and_no_journey_under_way():
    journey = journeys.in_review()
    page = journey.subject

    assert (
        refusal_of(lambda: actions.take_over(subject=page, by=alma(), source=" "))
        is Refusal.SOURCE_MISSING
    )
    assert (
        refusal_of(lambda: actions.take_over(subject=page, by=alma(), source="Altakte"))
        is Refusal.ALREADY_UNDER_WAY
    )


# --- Plain models and parties -------------------------------------------------------


def test_every_party_of_a_paper_agrees_through_whoever_acts_for_it():
    journeys.route(journeys.BY_PARTIES, key="paper")
    paper = journeys.paper(towns="ahausen bedorf")
    one = User.objects.create_user("rat@ahausen.de")
    two = User.objects.create_user("rat@bedorf.de")
    journey = actions.submit(subject=paper, by=alma())

    first = journeys.agree(journey, one)
    midway = status_of(journey)
    again = refusal_of(lambda: journeys.agree(journey, one))
    journeys.agree(journey, two)

    assert first.on_behalf_of_label == "Ahausen"
    assert (first.on_behalf_of_kind, first.on_behalf_of_key) == ("town", "ahausen")
    assert midway == "running"
    assert again is Refusal.ALREADY_DECIDED
    assert status_of(journey) == "agreed"
    last = trail.entries_about(paper).filter(action="workflow.decided").last()
    assert {name.role: name.name for name in last.names.all()}["on_behalf_of"] == "Bedorf"


def test_a_paper_without_revisions_is_bound_to_its_content():
    journeys.route(journeys.REVIEW, key="paper")
    bruno()
    paper = journeys.paper()
    journey = actions.submit(subject=paper, by=alma())
    digest = digests.digest_of(paper)
    paper.text = "Geändert."
    paper.save()

    refusal = refusal_of(
        lambda: actions.decide(
            stage=journeys.open_stage(journey), by=bruno(), answer="agreed", seen_digest=digest
        )
    )

    assert refusal is Refusal.TEXT_HAS_CHANGED


# --- What stays ---------------------------------------------------------------------


def test_nothing_is_lost_when_people_go():
    journey = journeys.agreed()
    bruno().delete()
    alma().delete()

    decision = Decision.objects.first()
    journey = Journey.objects.get(pk=journey.pk)
    assert decision.decided_by is None
    assert decision.decided_by_label == "Bruno Behrend"
    assert journey.started_by_label == "Alma Ahrens"
    assert trail.verify() is None


def test_nothing_is_lost_when_the_paper_goes():
    journeys.route(journeys.REVIEW, key="paper")
    bruno()
    paper = journeys.paper()
    journey = actions.submit(subject=paper, by=alma())
    journeys.agree(journey, bruno())

    paper.delete()

    journey = Journey.objects.get(pk=journey.pk)
    assert journey.subject_label == "Satzung"
    assert Stage.objects.filter(journey=journey, decisions__answer="agreed").exists()
    assert not Return.objects.exists()
