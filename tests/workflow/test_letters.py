"""Who is written to when something happens, what the letter says, and how it can be changed."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from cms.accounts.roles import Role
from cms.core import outbox
from cms.core.models import OutboxRow
from tests.people import PASSWORD, account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow import actions, signals
from workflow import mail as letters
from workflow.actions.wishing import choose_letters
from workflow.models import Deputyship, DigestLine, FollowUp, LetterWish, Participant, Stage
from workflow.rules.letters import LetterKind, Pace, pace_for
from workflow.rules.states import Escalation

pytestmark = pytest.mark.django_db

# What has to be told, and the letters that come of it.
KINDS = ["workflow.call", "workflow.mail"]


def drain():
    assert outbox.drain(kinds=KINDS).failed == 0


def written_to():
    return sorted(letter.to[0] for letter in mail.outbox)


def stand_in(principal, deputy, **scope):
    today = timezone.localdate()
    return Deputyship.objects.create(
        principal=principal, deputy=deputy, starts=today, ends=today + timedelta(days=7), **scope
    )


def forget_calls():
    OutboxRow.objects.filter(kind__in=KINDS).delete()


# --- A stage opens ----------------------------------------------------------------


def test_everybody_who_can_decide_is_written_to_once():
    other = account("Rosa Reim", Role.REVIEWERS)
    account("Olaf Ohne", Role.EDITORS)
    journeys.in_review()

    drain()
    drain()

    assert written_to() == sorted([bruno().email, other.email])


def test_the_letter_leads_to_the_page_and_names_the_day(settings):
    journey = journeys.before_approval()

    drain()

    (letter,) = [one for one in mail.outbox if one.to == [minister().email]]
    assert letter.subject.startswith("[Zustimmung bis ")
    assert "Kooperation" in letter.subject
    assert settings.WAGTAILADMIN_BASE_URL + journey.get_absolute_url() in letter.body
    assert "Eingereicht von Alma Ahrens." in letter.body
    assert letter.reply_to == [alma().email]
    assert "Freigabe" not in letter.subject + letter.body


def test_the_letter_says_why_one_gets_it_and_where_to_change_that(settings):
    journeys.in_review()

    drain()

    (letter,) = mail.outbox
    assert "weil Sie an dieser Station beteiligt sind (Fachprüfung)" in letter.body
    assert settings.WAGTAILADMIN_BASE_URL + "/benachrichtigungen/" in letter.body
    assert "/benachrichtigungen/" in letter.extra_headers["List-Unsubscribe"]


def test_the_page_beside_the_text_says_the_same_and_asks_no_other_host(settings):
    journey = journeys.in_review(journeys.draft("Kooperation <b>neu</b>"))

    drain()

    page = mail.outbox[0].alternatives[0].content
    assert settings.WAGTAILADMIN_BASE_URL + journey.get_absolute_url() in page
    assert "Kooperation &lt;b&gt;neu&lt;/b&gt;" in page
    assert "Kooperation <b>neu</b>" in mail.outbox[0].body
    assert "<img" not in page
    hosts = {part for part in page.split('"') if part.startswith("http")}
    assert all(one.startswith(settings.WAGTAILADMIN_BASE_URL) for one in hosts)


def test_one_click_and_signing_in_lead_to_the_page(client, settings):
    journey = journeys.in_review()
    drain()
    base = settings.WAGTAILADMIN_BASE_URL
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith(base))

    asked = client.get(link.removeprefix(base))
    landed = client.post(
        asked["Location"], {"login": "bruno@example.org", "password": PASSWORD}, follow=True
    )

    assert landed.redirect_chain[-1][0] == journey.get_absolute_url()
    assert "Fachprüfung" in landed.content.decode()


def test_reading_by_the_link_changes_nothing(signed_in):
    journey = journeys.in_review()

    for _ in range(2):
        signed_in(bruno()).get(journey.get_absolute_url())

    assert journeys.open_stage(journey).decisions.count() == 0


def test_a_line_break_in_a_title_does_not_break_the_letter():
    journeys.in_review(journeys.draft("Zwei\nZeilen"))

    drain()

    assert "Zwei Zeilen" in mail.outbox[0].subject


def test_what_was_decided_meanwhile_needs_no_letter():
    journey = journeys.in_review()
    journeys.agree(journey, bruno())

    drain()

    assert bruno().email not in written_to()


def test_what_was_decided_between_call_and_letter_needs_none():
    journey = journeys.in_review()
    outbox.drain(kinds=["workflow.call"])
    journeys.agree(journey, bruno())

    drain()

    assert bruno().email not in written_to()


def test_nobody_is_written_to_who_is_excluded_or_switched_off():
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    gone = account("Olga Ohm", Role.REVIEWERS)
    journeys.in_review(journeys.draft(by=author), by=author)
    outbox.drain(kinds=["workflow.call"])
    gone.is_active = False
    gone.save()

    drain()

    assert written_to() == [bruno().email]


def test_a_submission_that_is_undone_writes_no_letter():
    journeys.route()
    bruno(), minister()
    page = journeys.draft()

    def fail(**kwargs):
        raise RuntimeError

    signals.stage_opened.connect(fail, weak=False)
    try:
        with pytest.raises(RuntimeError):
            journeys.in_review(page, by=alma())
    finally:
        signals.stage_opened.disconnect(fail)

    assert not OutboxRow.objects.filter(kind__in=KINDS).exists()


def test_an_act_notes_one_row_however_many_are_meant():
    for number in range(20):
        account(f"Rita{number} Reim", Role.REVIEWERS)
    journeys.in_review()

    assert OutboxRow.objects.filter(kind__in=KINDS).count() == 1
    drain()
    assert len(mail.outbox) == 21


# --- Deputies, reminders, escalation ----------------------------------------------


def test_a_deputy_is_written_to_and_told_in_whose_place():
    journeys.in_review()
    stand_in(bruno(), cem())

    drain()

    (letter,) = [one for one in mail.outbox if one.to == [cem().email]]
    assert "weil Sie Bruno Behrend vertreten" in letter.body


def test_a_deputy_who_takes_part_anyway_gets_one_letter_as_a_participant():
    other = account("Rosa Reim", Role.REVIEWERS)
    journeys.in_review()
    stand_in(bruno(), other)

    drain()

    (letter,) = [one for one in mail.outbox if one.to == [other.email]]
    assert "vertreten" not in letter.body


def test_a_deputy_of_an_excluded_person_is_not_written_to():
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    journeys.in_review(journeys.draft(by=author), by=author)
    stand_in(author, cem())
    stand_in(bruno(), cem(), paper_kind="paper")

    drain()

    assert cem().email not in written_to()


def test_a_reminder_says_so_and_goes_only_to_who_has_not_answered():
    both = [
        *journeys.REVIEW["participants"],
        {"kind": "group", "key": "office", "label": "Geschäftsstelle"},
    ]
    journeys.route({**journeys.REVIEW, "participants": both, "completion": "all"})
    office = account("Olaf Ohm", Role.OFFICE)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    forget_calls()

    letters.remind(journeys.open_stage(journey))
    drain()

    assert written_to() == [office.email]
    assert mail.outbox[0].subject.startswith("[Erinnerung: Prüfung bis ")
    assert "wartet in der Station „Fachprüfung“ noch auf Sie" in mail.outbox[0].body


def test_escalation_writes_to_deputies_or_to_the_head_only():
    journey = journeys.in_review()
    stage = journeys.open_stage(journey)
    stand_in(bruno(), cem())
    head = account("Hedda Hahn", Role.MEMBERS)
    Participant.objects.create(
        stage=stage, kind="person", key=str(head.pk), label="Leitung", is_head=True
    )
    Stage.objects.filter(pk=stage.pk).update(due_at=timezone.now() - timedelta(days=3))
    forget_calls()

    letters.escalate(stage, Escalation.DEPUTIES)
    letters.escalate(stage, Escalation.HEAD)
    drain()

    assert written_to() == sorted([cem().email, head.email])
    assert all(one.subject.startswith("[Überfällig seit ") for one in mail.outbox)


# --- What became of a text, changes, overrides, follow-ups --------------------------


def test_who_submitted_hears_what_became_of_the_text_and_why():
    journeys.returned()
    journeys.agreed(journeys.draft("Zweite"))

    drain()

    back, through = [one for one in mail.outbox if one.to == [alma().email]]
    assert back.subject == "[Zurückgegeben] Kooperation"
    assert "Bitte kürzen." in back.body
    assert "weil Sie den Text eingereicht haben" in back.body
    assert "Zweite" in through.subject
    assert not [one for one in mail.outbox if "Workflow" in one.subject + one.body]


def test_whose_answer_was_kept_hears_once_that_the_text_was_changed_after_it():
    keeps = {**journeys.REVIEW, "on_change": "keep"}
    journeys.route(keeps, {**journeys.REVIEW, "key": "second", "on_change": "keep"})
    account("Rosa Reim", Role.REVIEWERS)
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    forget_calls()

    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    journeys.edit(journey.subject, "<p>Dritter Entwurf.</p>")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        drain()

    (letter,) = [one for one in mail.outbox if one.to == [bruno().email]]
    assert letter.subject.startswith("[Nach Ihrem Votum geändert]")
    assert "Ihr Votum gilt weiter" in letter.body


def test_everybody_who_takes_part_hears_of_an_override_whatever_they_chose():
    journey = journeys.in_review()
    for person in (alma(), bruno(), minister()):
        LetterWish.objects.create(person=person, kind="notice", pace="never")
    forget_calls()

    actions.pass_stage(
        stage=journeys.open_stage(journey), by=admin(), reason="Frist der Förderung",
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip
    drain()

    told = [one for one in mail.outbox if "Die Administration hat eingegriffen" in one.subject]
    assert sorted(one.to[0] for one in told) == sorted(
        [alma().email, bruno().email, minister().email]
    )
    assert "Frist der Förderung" in told[0].body
    assert "kein Votum abgegeben" in told[0].body
    assert cem().email not in written_to()


def test_a_follow_up_reminds_its_owner_with_their_note():
    journey = journeys.in_review()
    noted = FollowUp.objects.create(
        person=bruno(), journey=journey, kind="on_date", due_on=timezone.localdate(),
        note="Herrn Krug anrufen",
    )  # fmt: skip
    forget_calls()

    letters.follow_up(noted)
    drain()

    (letter,) = mail.outbox
    assert letter.to == [bruno().email]
    assert letter.subject == "[Wiedervorlage] Kooperation"
    assert "Herrn Krug anrufen" in letter.body


def test_who_may_not_see_the_paper_any_more_is_not_written_to():
    journey = journeys.in_review()
    noted = FollowUp.objects.create(
        person=cem(), journey=journey, kind="on_date", due_on=timezone.localdate()
    )
    forget_calls()

    letters.follow_up(noted)
    drain()

    assert mail.outbox == []


# --- How soon --------------------------------------------------------------------


def test_a_wish_comes_before_the_role_and_the_soonest_role_counts():
    daily, never, kind = Pace.DAILY, Pace.NEVER, LetterKind.TASK

    assert pace_for(kind, None, []) is Pace.AT_ONCE
    assert pace_for(kind, None, [daily, never]) is daily
    assert pace_for(kind, None, [daily, None]) is Pace.AT_ONCE
    assert pace_for(kind, never, [daily]) is never
    assert pace_for(LetterKind.NOTICE, never, [never]) is Pace.AT_ONCE


def test_what_is_wanted_once_a_day_becomes_a_line_and_what_is_not_wanted_nothing():
    other = account("Rosa Reim", Role.REVIEWERS)
    choose_letters(by=bruno(), paces={LetterKind.TASK: Pace.DAILY})
    choose_letters(by=other, paces={LetterKind.TASK: Pace.NEVER})
    journeys.in_review()

    drain()

    assert mail.outbox == []
    (line,) = DigestLine.objects.all()
    assert line.person == bruno()
    assert "Kooperation" in line.subject


def test_a_role_can_be_given_another_pace(settings):
    settings.LETTER_PACES = {"reviewers": {"task": "daily"}}
    journeys.in_review()

    drain()

    assert mail.outbox == []
    assert DigestLine.objects.count() == 1


def test_the_page_keeps_wishes_and_goes_back_to_what_is_usual(signed_in):
    browser = signed_in(bruno())

    browser.post("/benachrichtigungen/", {"task": "daily", "notice": "never", "outcome": ""})

    assert [(one.kind, one.pace) for one in LetterWish.objects.all()] == [("task", "daily")]
    text = browser.get("/benachrichtigungen/").content.decode()
    assert '<option value="daily" selected>' in text
    assert "lässt sich nicht abstellen" in text
    browser.post("/benachrichtigungen/", {"task": ""})
    assert not LetterWish.objects.exists()


def test_a_forged_pace_is_refused_and_changes_nothing(signed_in):
    response = signed_in(bruno()).post("/benachrichtigungen/", {"task": "hourly"})

    assert response.status_code == 400
    assert not LetterWish.objects.exists()
