"""While a blind stage is open nobody reads who answered what in it, whatever page or letter."""

import pytest
from django.core import mail
from django.urls import reverse

from cms.accounts.models import User
from cms.core import outbox
from tests.people import PASSWORD, admin, alma, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.actions.returning import Point
from workflow.models import Decision, Journey

pytestmark = pytest.mark.django_db

CANARY = "Der Kanarienvogel singt im Anhang."
BLIND = {
    **journeys.BY_PARTIES,
    "answers": ["agreed", "agreed_with_remarks", "objected"],
    "votes": "blind",
    "may_return_to": ["author"],
    "on_return": "collect",
}


def of_town(town):
    mail_address = f"wera@{town}.example"
    return User.objects.filter(email=mail_address).first() or User.objects.create_user(
        mail_address, PASSWORD, first_name="Wera", last_name=f"Wirt-{town.title()}"
    )


def on_its_way(*stages, towns="aldorf bedorf"):
    journeys.route(*stages)
    people = [of_town(town) for town in towns.split()]
    page = journeys.draft()
    page.towns = towns
    page.save()
    page.save_revision(user=alma())
    return actions.submit(subject=journeys.fresh(page), by=alma()), people


def answer_with_canary(journey, by):
    actions.decide(
        stage=journeys.open_stage(journey), by=by, answer="agreed_with_remarks", comment=CANARY,
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip


def section(page, name):
    return page[page.index(f'id="{name}"') :].partition("</section>")[0]


def page_for(signed_in, user, journey):
    return signed_in(user).get(journey.get_absolute_url()).content.decode()


def traces_of(page):
    """What would give an answer away: its comment, its word, whose it is, that it was given."""
    told = section(page, "stationen") + section(page, "verlauf")
    words = ("Wera Wirt-Aldorf", "mit Anmerkungen", "Votum abgegeben", "entschieden, ")
    return [one for one in words if one in told] + [CANARY] * (CANARY in page)


def test_nobody_reads_an_answer_before_the_blind_stage_is_complete(signed_in):
    journey, (one, other) = on_its_way(BLIND)
    answer_with_canary(journey, one)

    for user in (alma(), admin(), other):
        page = page_for(signed_in, user, journey)

        assert traces_of(page) == [], user
        assert "Bis diese Station abgeschlossen ist" in page


def test_one_reads_ones_own_answer(signed_in):
    journey, (one, _) = on_its_way(BLIND)
    answer_with_canary(journey, one)

    page = page_for(signed_in, one, journey)

    assert CANARY in section(page, "stationen")
    assert CANARY in section(page, "verlauf")


def test_the_sweep_would_notice_an_open_stage(signed_in):
    """The negative control: the same answer in a stage that is not blind is everywhere."""
    journey, (one, other) = on_its_way({**BLIND, "votes": "open"})
    answer_with_canary(journey, one)

    page = page_for(signed_in, other, journey)

    assert "Wera Wirt-Aldorf" in traces_of(page)
    assert CANARY in traces_of(page)


def test_a_complete_stage_tells_everything(signed_in):
    minister()
    journey, (one, other) = on_its_way(BLIND, journeys.APPROVAL)
    answer_with_canary(journey, one)
    journeys.agree(journey, other)

    page = page_for(signed_in, alma(), journey)

    assert CANARY in section(page, "stationen")
    assert CANARY in section(page, "verlauf")


def test_a_return_is_kept_back_until_all_have_answered(signed_in):
    journey, (one, other) = on_its_way(BLIND)
    actions.send_back(
        stage=journeys.open_stage(journey), by=one, comment=CANARY,
        seen_digest=journeys.present_digest(journey.subject),
        points=[Point(text=CANARY, place="body")],
    )  # fmt: skip

    before = [page_for(signed_in, user, journey) for user in (alma(), admin(), other)]
    own = page_for(signed_in, one, journey)
    journeys.agree(journey, other)
    after = page_for(signed_in, alma(), journey)

    assert [CANARY in page for page in before] == [False, False, False]
    assert CANARY in own
    assert CANARY in after


def test_answers_that_lapsed_in_an_open_blind_stage_stay_hidden(signed_in):
    journey, (one, other) = on_its_way(BLIND)
    answer_with_canary(journey, one)
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    page = page_for(signed_in, other, journey)

    assert Decision.objects.get().lapsed_at is not None
    assert traces_of(page) == []


def test_what_was_known_before_the_stage_opened_again_stays_readable(signed_in):
    journey, (one, other) = on_its_way(BLIND)
    actions.send_back(
        stage=journeys.open_stage(journey), by=one, comment=CANARY,
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip
    journeys.agree(journey, other)
    actions.resubmit(journey=journey, by=alma())

    page = page_for(signed_in, other, journey)

    assert Journey.objects.get(pk=journey.pk).status == "running"
    assert CANARY in page


def test_the_page_of_an_older_journey_gives_nothing_away_either(signed_in):
    journey, (one, other) = on_its_way(BLIND)
    actions.withdraw(journey=journey, by=alma())
    second = actions.submit(subject=journeys.fresh(journey.subject), by=alma())
    answer_with_canary(second, one)

    page = page_for(signed_in, other, journey)

    assert CANARY not in page


def test_letters_name_no_answer_of_a_blind_stage():
    journey, (one, _) = on_its_way(BLIND)
    answer_with_canary(journey, one)
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    outbox.drain(kinds=[kind for kind in outbox.kinds() if kind.startswith("workflow.")])

    assert mail.outbox
    assert [letter.subject for letter in mail.outbox if CANARY in letter.body] == []
    assert [one for one in mail.outbox if "mit Anmerkungen" in one.body] == []


def test_a_refused_form_gives_nothing_away(signed_in):
    journey, (one, other) = on_its_way(BLIND)
    answer_with_canary(journey, one)
    stage = journeys.open_stage(journey)

    answer = signed_in(other).post(
        reverse("workflow:decide", args=[journey.pk]),
        {"stage": stage.pk, "seen_digest": "0" * 64, "answer": "agreed"},
    )

    assert answer.status_code == 409
    assert CANARY not in answer.content.decode()
