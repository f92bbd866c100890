"""Acting in place of the participants: the administration's alone, with a reason, never a vote."""

import pytest
from django.urls import reverse

from tests.people import admin, alma, bruno
from tests.stand_ins import journeys
from workflow.models import Decision, Journey, Stage

pytestmark = pytest.mark.django_db

REASON = "Die Fachprüfung ist bis Januar nicht besetzt."


def text(response):
    return response.content.decode()


def override(browser, journey, act, reason=REASON):
    stage = journeys.open_stage(journey)
    return browser.post(
        reverse("workflow:override", args=[journey.pk]),
        {
            "act": act, "reason": reason, "stage": stage.pk if stage else "",
            "seen_digest": journeys.present_digest(journey.subject),
        },
    )  # fmt: skip


def test_only_the_administration_is_offered_it(signed_in):
    journey = journeys.in_review()

    offered = {
        who.email: "Als Administration übersteuern"
        in text(signed_in(who).get(journey.get_absolute_url()))
        for who in (alma(), bruno(), admin())
    }

    assert list(offered.values()) == [False, False, True]


@pytest.mark.parametrize("act", ["pass_stage", "end_journey", "take_offline"])
def test_editor_and_approver_are_refused_and_nothing_changes(signed_in, act):
    journey = journeys.in_review()

    answers = [override(signed_in(who), journey, act).status_code for who in (alma(), bruno())]

    assert answers == [409, 409]
    assert Journey.objects.get(pk=journey.pk).status == "running"
    assert not Stage.objects.filter(status="overridden").exists()


def test_a_stage_is_passed_with_a_reason_on_record_and_without_a_vote(signed_in):
    journey = journeys.in_review()
    browser = signed_in(admin())

    answer = override(browser, journey, "pass_stage")
    page = text(browser.get(journey.get_absolute_url()))
    record = page[page.index('id="verlauf"') :]

    assert answer.status_code == 302
    assert journeys.open_stage(journey).key == "approval"
    assert not Decision.objects.exists()
    assert "den Umlauf an der Station vorbeilassen" in record
    assert f"Begründung: {REASON}" in record


def test_without_a_reason_nothing_happens(signed_in):
    journey = journeys.in_review()

    answer = override(signed_in(admin()), journey, "pass_stage", reason="  ")

    assert answer.status_code == 400
    assert journeys.open_stage(journey).key == "review"


def test_a_stale_page_keeps_the_reason(signed_in):
    journey = journeys.in_review()
    stage = journeys.open_stage(journey)

    answer = signed_in(admin()).post(
        reverse("workflow:override", args=[journey.pk]),
        {"act": "pass_stage", "reason": REASON, "stage": stage.pk, "seen_digest": "0" * 64},
    )

    assert answer.status_code == 409
    assert f"{REASON}</textarea>" in text(answer)


def test_a_public_text_is_taken_offline_from_its_newest_journey(signed_in):
    journey = journeys.agreed()
    browser = signed_in(admin())

    page = text(browser.get(journey.get_absolute_url()))
    answer = override(browser, journey, "take_offline")

    assert 'value="take_offline"' in page
    assert 'value="pass_stage"' not in page
    assert answer.status_code == 302
    assert not journeys.fresh(journey.subject).live


def test_a_journey_is_ended_without_a_result(signed_in):
    journey = journeys.in_review()

    override(signed_in(admin()), journey, "end_journey")

    assert Journey.objects.get(pk=journey.pk).status == "withdrawn"


def test_reading_overrides_nothing(signed_in):
    journey = journeys.in_review()

    answer = signed_in(admin()).get(reverse("workflow:override", args=[journey.pk]))

    assert answer.status_code == 405
