"""The doors of guests: who comes in, who does not, and what nobody learns."""

import logging
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import timezone

from cms.core import outbox
from cms.core.models import OutboxRow
from tests.people import account, alma
from tests.stand_ins import guests, journeys
from tests.stand_ins.guests import GERDA, Guest
from workflow import actions
from workflow.actions import guests as acts
from workflow.actions.deciding import consent_by_silence
from workflow.doors.guests import sessions as guest_sessions
from workflow.doors.guests import views as guest_views
from workflow.letters import guests as guest_mail
from workflow.models import Decision, GuestLink, Stage
from workflow.rules import guests as rules

pytestmark = pytest.mark.django_db
PAGES = ["guest", "guest_code", "guest_read", "guest_preview", "guest_thanks"]
POSTS = ["guest_request", "guest_code", "guest_answer", "guest_new_link"]


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


def text(response):
    return response.content.decode()


def everything():
    """Return what the whole database holds."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


# --- Tokens -------------------------------------------------------------------------


@pytest.fixture
def dead_links():
    """Links that were real once, each dead for another reason; and one that never was."""
    journey = guests.with_guests()
    found = {"replaced": guests.last_link()}
    actions.send_guest_link(participant=guests.seat_of(journey), by=alma())
    found["revoked"] = guests.last_link()
    actions.revoke_guest(participant=guests.seat_of(journey), by=alma())

    guests.with_guests(guests="hugo@example.net")
    found["expired"] = guests.last_link("hugo@example.net")
    GuestLink.objects.filter(participant__key="hugo@example.net").update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    guests.with_guests(guests="ida@example.net")
    found["used"] = guests.last_link("ida@example.net")
    ida = Guest("ida@example.net")
    ida.enter(found["used"])
    ida.answer()
    withdrawn = guests.with_guests(guests="jan@example.net")
    found["stage over"] = guests.last_link("jan@example.net")
    actions.withdraw(journey=withdrawn, by=alma())
    return {**found, "forged": f"/gast/{'x' * 43}/", "garbage": "/gast/%00%FF%22<b>/"}


def test_a_dead_link_looks_like_one_that_never_was(dead_links):
    shown = {}
    for name, link in dead_links.items():
        response = Guest().follow(link)
        shown[name] = (response.status_code, text(response))

    assert {status for status, _ in shown.values()} == {404}
    assert len({page for _, page in shown.values()}) == 1
    assert "Dieser Link öffnet nichts" in shown["forged"][1]


def test_no_code_goes_out_for_a_dead_link(dead_links):
    letters = len(mail.outbox)
    for link in dead_links.values():
        guest = Guest()
        guest.follow(link)

        assert guest.post("guest_request").status_code == 404
        assert guest.post("guest_code", {"code": "123456"}).status_code == 404
        assert guest.post("guest_new_link").status_code == 404

    outbox.drain(kinds=guests.KINDS)
    assert len(mail.outbox) == letters


def test_without_the_rule_dead_links_would_open(dead_links, monkeypatch):
    """The negative control: links are looked up, and nobody asks how they stand."""
    monkeypatch.setattr("workflow.guests.refusal_of_link", lambda facts: None)

    open_doors = {
        name for name, link in dead_links.items() if Guest().follow(link).status_code == 200
    }

    assert open_doors == {"replaced", "revoked", "expired", "used", "stage over"}


def test_the_address_with_the_token_answers_alike_to_all_and_goes_on():
    guests.with_guests()

    for link in (guests.last_link(), "/gast/unsinn/"):
        response = Guest().client.get(link)

        assert (response.status_code, response["Location"]) == (302, "/gast/")
        assert response["Referrer-Policy"] == "no-referrer"


def test_a_cookie_that_somebody_made_up_leads_nowhere():
    guests.with_guests()
    guest = Guest()
    guest.client.cookies[guest_sessions.COOKIE] = guests.token_in(guests.letters_to()[0])

    assert guest.get("guest").status_code == 404


# --- A forwarded link ---------------------------------------------------------------


def test_a_forwarded_link_opens_nothing_without_the_code():
    journey = guests.with_guests()
    link = guests.last_link()
    gerda, stranger = Guest(), Guest()
    page = gerda.enter(link)
    stranger.follow(link)
    stranger.post("guest_request")

    pages = [text(stranger.get(name, follow=True)) for name in PAGES]
    answer = stranger.answer(seen=guests.digest_on(page))

    assert all("Erster Entwurf." not in page and "Kooperation" not in page for page in pages)
    assert answer.status_code == 403
    assert not Decision.objects.exists()
    assert {letter.to[0] for letter in mail.outbox} == {GERDA}
    assert guests.seat_of(journey).key == GERDA


def test_without_the_session_a_forwarded_link_would_open(monkeypatch):
    """The negative control: nobody asks whether the code was given."""
    guests.with_guests()
    stranger = Guest()
    stranger.follow(guests.last_link())
    monkeypatch.setattr(guest_views, "is_let_in", lambda request, visit: True)

    assert "Erster Entwurf." in text(stranger.get("guest_read"))


def test_the_code_of_one_link_does_not_open_another():
    guests.with_guests(guests=f"{GERDA} hugo@example.net")
    gerda, hugo = Guest(), Guest("hugo@example.net")
    for guest in (gerda, hugo):
        guest.follow(guests.last_link(guest.address))
        guest.post("guest_request")

    answer = gerda.post("guest_code", {"code": guests.last_code("hugo@example.net")})

    assert answer.status_code == 400
    assert gerda.get("guest_read").status_code == 302


def test_a_visit_is_bound_to_the_link_whose_code_was_given():
    guests.with_guests()
    guests.with_guests(guests="hugo@example.net", body="<p>Ein anderes Papier.</p>")
    gerda = Guest()
    gerda.enter()

    gerda.follow(guests.last_link("hugo@example.net"))

    assert "Ein anderes Papier." not in text(gerda.get("guest_read", follow=True))


def test_the_session_gets_another_key_when_the_code_was_given():
    guests.with_guests()
    gerda = Guest()
    gerda.client.session.save()
    gerda.follow(guests.last_link())
    session = gerda.client.session
    session["planted"] = "before"
    session.save()
    before = session.session_key

    gerda.enter()

    assert gerda.client.session.session_key != before


# --- GET changes nothing ------------------------------------------------------------


def test_following_and_prefetching_a_link_changes_nothing():
    guests.with_guests()
    link = guests.last_link()
    before = everything()

    for method in ("get", "head"):
        for headers in ({}, {"sec-purpose": "prefetch"}, {"user-agent": "mail scanner"}):
            client = Guest().client
            getattr(client, method)(link, headers=headers, follow=True)
            for name in PAGES:
                getattr(client, method)(guests.reverse(f"workflow:{name}"), headers=headers)

    assert everything() == before


def test_reading_changes_nothing_either():
    guests.with_guests()
    gerda = Guest()
    gerda.enter()
    before = everything()

    for name in PAGES:
        gerda.get(name)
        gerda.client.head(guests.reverse(f"workflow:{name}"))

    assert everything() == before


def test_the_comparison_would_notice_a_change():
    """The negative control: the button does what the link does not."""
    guests.with_guests()
    gerda = Guest()
    gerda.follow(guests.last_link())
    before = everything()

    gerda.post("guest_request")

    assert everything() != before


def test_what_changes_something_takes_no_get_and_no_form_of_another_site():
    guests.with_guests()
    link = guests.last_link()
    gerda = Guest(enforce_csrf_checks=True)
    gerda.follow(link)
    before = everything()

    for name in POSTS:
        assert gerda.post(name, {"code": "000000"}).status_code == 403
    for name in ("guest_request", "guest_answer", "guest_new_link", "guest_leave"):
        assert gerda.get(name).status_code == 405

    assert everything() == before


# --- Codes --------------------------------------------------------------------------


@pytest.fixture
def asked():
    """Gerda at the page that waits for her code, and the code."""
    guests.with_guests()
    gerda = Guest()
    gerda.follow(guests.last_link())
    gerda.post("guest_request")
    return gerda, guests.last_code()


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_spaces_in_a_code_do_no_harm(asked):
    gerda, code = asked

    assert gerda.post("guest_code", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_guessing_stops_after_five_tries(asked):
    gerda, code = asked

    tries = [gerda.post("guest_code", {"code": wrong(code)}) for _ in range(5)]
    right = gerda.post("guest_code", {"code": code})

    assert {one.status_code for one in tries} == {400}
    assert "nicht der" in text(tries[0])
    assert right.status_code == 400
    assert "gilt nicht mehr" in text(right)
    assert gerda.get("guest_read").status_code == 302


def test_without_the_limit_guessing_would_go_on(asked, monkeypatch):
    """The negative control."""
    gerda, code = asked
    monkeypatch.setattr(rules, "TRIES_PER_CODE", 10**6)

    for _ in range(5):
        gerda.post("guest_code", {"code": wrong(code)})

    assert gerda.post("guest_code", {"code": code}).status_code == 302


def test_five_codes_per_link_and_no_more(asked):
    gerda, _ = asked
    for _ in range(4):
        gerda.post("guest_request")

    sixth = gerda.post("guest_request")

    assert sixth.status_code == 409
    assert "Zu viele Versuche" in text(sixth)
    assert len(guests.letters_to()) == 1 + 5


def test_a_new_code_ends_the_one_before(asked):
    gerda, first = asked
    gerda.post("guest_request")
    second = guests.last_code()

    if first != second:
        assert gerda.post("guest_code", {"code": first}).status_code == 400
    assert gerda.post("guest_code", {"code": second}).status_code == 302


def test_a_code_is_over_after_ten_minutes(asked):
    gerda, code = asked
    link = GuestLink.objects.get()
    assert link.code_expires_at - timezone.now() <= timedelta(minutes=10)
    GuestLink.objects.update(code_expires_at=timezone.now() - timedelta(seconds=1))

    assert gerda.post("guest_code", {"code": code}).status_code == 400


def test_a_code_opens_once(asked):
    gerda, code = asked
    gerda.post("guest_code", {"code": code})
    other = Guest()
    other.follow(guests.last_link())

    assert other.post("guest_code", {"code": code}).status_code == 400


@pytest.mark.parametrize("code", ["", "12345", "１２３４５６", "abcdef", "0" * 5000, "\x00"])
def test_nonsense_for_a_code_is_a_wrong_one(asked, code):
    gerda, _ = asked

    assert gerda.post("guest_code", {"code": code}).status_code == 400


def test_before_a_code_was_asked_for_none_fits():
    guests.with_guests()
    gerda = Guest()
    gerda.follow(guests.last_link())

    assert gerda.post("guest_code", {"code": ""}).status_code == 400
    assert gerda.post("guest_code", {"code": "000000"}).status_code == 400


def test_many_attempts_from_one_place_have_to_wait(asked, monkeypatch):
    gerda, code = asked
    monkeypatch.setitem(guest_views.RATES, "guest", "3/15m/ip")

    statuses = [gerda.post("guest_code", {"code": wrong(code)}).status_code for _ in range(4)]

    assert statuses == [400, 400, 400, 429]


# --- Time, changes, and two at once -------------------------------------------------


def test_a_changed_text_is_said_and_a_new_link_comes():
    journey = guests.with_guests()
    old = guests.last_link()
    gerda = Guest()
    page = gerda.enter(old)
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    late = gerda.answer(seen=guests.digest_on(page), comment="Mit Dank für die Mühe.")
    asked = gerda.post("guest_new_link")
    again = gerda.post("guest_new_link")

    assert late.status_code == 409
    assert "geändert" in text(late)
    assert "Mit Dank für die Mühe." in text(late)
    assert "Zweiter Entwurf." not in text(late)
    assert [asked.status_code, again.status_code] == [200, 409]
    assert not Decision.objects.exists()
    new = guests.last_link()
    assert new != old
    fresh = Guest()
    assert "Zweiter Entwurf." in text(fresh.enter(new))
    fresh.answer()
    assert Decision.objects.get().content_digest == journeys.present_digest(journey.subject)


def test_a_link_for_an_older_text_says_so_and_shows_none():
    journey = guests.with_guests()
    link = guests.last_link()
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    door = text(Guest().follow(link))

    assert "geändert" in door
    assert "Neuen Link anfordern" in door
    assert "Entwurf." not in door


def test_without_the_binding_an_old_link_would_answer_to_the_new_text(monkeypatch):
    """The negative control: the form names the present text, the link another."""
    journey = guests.with_guests()
    guests.letters_to()
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    present = journeys.present_digest(journey.subject)
    link = GuestLink.objects.get()

    with pytest.raises(acts.JourneyRefused) as refused:
        actions.decide_as_guest(by=link, answer="agreed", seen_digest=present)
    monkeypatch.setattr(acts, "refusal_of_link", lambda facts: None)
    actions.decide_as_guest(by=link, answer="agreed", seen_digest=present)

    assert refused.value.refusal == "workflow.guest_text_changed"
    assert Decision.objects.count() == 1


def test_who_agreed_gets_a_new_link_when_a_change_opens_the_stage_again():
    journey = guests.with_guests(guests=f"{GERDA} hugo@example.net")
    gerda = Guest()
    gerda.enter()
    gerda.answer()
    letters = len(guests.letters_to())

    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    assert len(guests.letters_to()) == letters + 1
    assert "<ins>[+Zweiter+]</ins>" in text(Guest().enter())


def test_a_link_of_an_earlier_opening_does_not_open_the_next():
    journey = guests.with_guests()
    link = guests.last_link()
    Stage.objects.filter(journey=journey, key="guests").update(openings=2)

    assert Guest().follow(link).status_code == 404


def test_an_answer_that_comes_after_the_silence_hears_of_it():
    stage = {**guests.ASKED, "silence": "consent"}
    journey = guests.with_guests(stage, journeys.APPROVAL)
    gerda = Guest()
    page = gerda.enter()

    consent_by_silence(journeys.open_stage(journey))
    late = gerda.answer("objected", "Halt!", seen=guests.digest_on(page))

    assert late.status_code == 409
    assert "gilt Schweigen als Zustimmung" in text(late)
    assert "Halt!" in text(late)
    assert Decision.objects.get().answer == "silent"


def test_where_silence_counts_no_link_outlives_the_deadline():
    stage = {**guests.ASKED, "silence": "consent"}
    journey = guests.with_guests(stage, journeys.APPROVAL)
    gerda = Guest()
    page = gerda.enter()
    assert GuestLink.objects.get().expires_at == journeys.open_stage(journey).due_at
    GuestLink.objects.update(expires_at=timezone.now())

    late = gerda.answer(seen=guests.digest_on(page))

    assert late.status_code == 409
    assert "abgelaufen" in text(late)
    assert not Decision.objects.exists()


def test_a_stage_that_is_over_says_so_to_whoever_was_reading():
    journey = guests.with_guests()
    gerda = Guest()
    page = gerda.enter()

    actions.withdraw(journey=journey, by=alma())
    late = gerda.answer(seen=guests.digest_on(page))

    assert late.status_code == 409
    assert "zurzeit nicht gewartet" in text(late)


def test_a_double_click_answers_once():
    guests.with_guests()
    gerda = Guest()
    page = gerda.enter()

    first = gerda.answer(seen=guests.digest_on(page))
    second = gerda.answer(seen=guests.digest_on(page))

    assert first.url == second.url == guests.reverse("workflow:guest_thanks")
    assert Decision.objects.count() == 1


def test_in_two_browsers_the_second_answer_is_told_of_the_first():
    guests.with_guests()
    link = guests.last_link()
    one, other = Guest(), Guest()
    page = one.enter(link)
    other.enter(link)

    one.answer()
    late = other.answer("objected", "Doch nicht.", seen=guests.digest_on(page))

    assert late.status_code == 409
    assert "bereits entschieden" in text(late) or "schon" in text(late)
    assert Decision.objects.get().answer == "agreed"


def test_a_form_of_another_text_is_refused_with_the_comment_kept():
    guests.with_guests()
    gerda = Guest()
    gerda.enter()

    answer = gerda.answer("agreed_with_remarks", "Schön.", seen="0" * 64)

    assert answer.status_code == 409
    assert "Schön." in text(answer)
    assert not Decision.objects.exists()


def test_after_half_an_hour_without_a_sign_a_visit_is_over(monkeypatch):
    guests.with_guests()
    gerda = Guest()
    page = gerda.enter()
    monkeypatch.setattr(guest_sessions, "IDLE", timedelta(seconds=-1))

    late = gerda.answer(seen=guests.digest_on(page), comment="Lange überlegt.")

    assert late.status_code == 404
    assert "Lange überlegt." in text(late)
    assert "Erster Entwurf." not in text(gerda.get("guest_read", follow=True))
    assert not Decision.objects.exists()


def test_no_visit_lasts_for_ever(monkeypatch):
    guests.with_guests()
    gerda = Guest()
    page = gerda.enter()
    monkeypatch.setattr(guest_sessions, "LONGEST_VISIT", timedelta(0))

    late = gerda.answer(seen=guests.digest_on(page), comment="Lange überlegt.")

    assert late.status_code == 403
    assert "Lange überlegt." in text(late)
    assert "Code anfordern" in text(late)


def test_who_closes_the_text_needs_another_code():
    guests.with_guests()
    gerda = Guest()
    gerda.enter()

    gerda.post("guest_leave")

    assert gerda.get("guest_read", follow=True).status_code == 404
    assert "Code anfordern" in text(gerda.follow(guests.last_link()))


# --- Nothing is told to others ------------------------------------------------------


def test_pages_of_guests_are_kept_nowhere_and_told_to_nobody():
    guests.with_guests()
    gerda = Guest()
    responses = [gerda.client.get(guests.last_link()), gerda.get("guest"), gerda.enter()]
    responses += [gerda.get("guest_preview"), gerda.get("guest_code"), Guest().get("guest")]

    for response in responses:
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] in ("no-referrer", "same-origin")


@pytest.fixture
def secrets_of_a_visit(caplog):
    """Token and codes of a visit with everything that can go wrong; and what was logged."""
    caplog.set_level(logging.DEBUG)
    journey = guests.with_guests()
    tokens, codes, pages = [], [], []
    for _ in range(2):
        actions.send_guest_link(participant=guests.seat_of(journey), by=alma())
        link = guests.last_link()
        tokens.append(link.split("/")[2])
        gerda = Guest()
        pages += [gerda.follow(link), gerda.post("guest_request")]
        codes.append(guests.last_code())
        pages += [gerda.post("guest_code", {"code": wrong(codes[-1])}), gerda.enter(link)]
        codes.append(guests.last_code())
    pages += [gerda.answer("nonsense"), gerda.answer(), gerda.get("guest_thanks")]
    return tokens, codes, pages, caplog


def test_neither_token_nor_code_is_kept_or_logged(secrets_of_a_visit):
    tokens, codes, _, logged = secrets_of_a_visit
    kept = " ".join(line for rows in everything().values() for line in rows) + sessions()

    assert [token for token in tokens if token in kept + logged.text] == []
    assert [code for code in codes if re.search(rf"(?<![\d.:]){code}\b", kept + logged.text)] == []


def test_what_is_looked_for_would_be_found(secrets_of_a_visit):
    """The negative control: what is kept in place of the token stands there."""
    tokens, *_ = secrets_of_a_visit
    kept = " ".join(line for rows in everything().values() for line in rows)

    assert all(guest_mail.guests.digest_of_token(token) in kept for token in tokens)
    assert OutboxRow.objects.filter(kind="workflow.letters.guests").exists()


def test_no_page_shows_the_token_and_no_title_shows_more_than_it_must(secrets_of_a_visit):
    tokens, codes, pages, _ = secrets_of_a_visit

    for page in pages:
        (title,) = re.findall("<title>(.*?)</title>", text(page)) or [""]
        assert not [secret for secret in tokens + codes if secret in text(page)]
        assert "Kooperation" not in title


def test_what_is_kept_of_a_code_cannot_be_guessed_without_the_secret_key(asked, settings):
    _, code = asked
    link = GuestLink.objects.get()
    fits = guest_mail.guests.digest_of_code(link, code) == link.code_digest
    settings.SECRET_KEY = "another one"

    assert fits
    assert guest_mail.guests.digest_of_code(link, code) != link.code_digest


def test_a_letter_that_failed_is_written_again_with_another_link(monkeypatch):
    guests.with_guests()
    sent = EmailMessage.send

    def fail(self, *args, **kwargs):
        raise OSError("the mail server is away")

    monkeypatch.setattr(EmailMessage, "send", fail)
    outbox.drain(kinds=guests.KINDS)
    monkeypatch.setattr(EmailMessage, "send", sent)
    OutboxRow.objects.update(due_at=timezone.now())

    (letter,) = guests.letters_to()

    assert GuestLink.objects.filter(revoked_at=None).count() == 1
    assert GuestLink.objects.count() == 2
    assert Guest().follow(guests.link_in(letter)).status_code == 200


def test_who_is_signed_in_is_no_guest_and_stays_signed_in(signed_in):
    guests.with_guests()
    gerda = Guest()
    gerda.client = signed_in(account("Cem Cetin"))
    assert gerda.get("guest_read", follow=True).status_code == 404

    gerda.enter()
    gerda.answer()

    assert gerda.client.get("/meine-aufgaben/").status_code == 200
    assert Decision.objects.get().decided_by is None


def sessions():
    """Return what stands in the sessions, readable."""
    return " ".join(str(session.get_decoded()) for session in Session.objects.all())
