"""A guest answers by a personal link: the whole way, and what follows from the answer."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from cms.core import trail
from tests.people import account, admin, alma, bruno, minister
from tests.stand_ins import guests, journeys
from tests.stand_ins.guests import GERDA, Guest
from workflow import actions
from workflow.errors import JourneyRefused
from workflow.models import Decision, GuestLink, Participant, Return
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


def text(response):
    return response.content.decode()


# --- The whole way ------------------------------------------------------------------


def test_a_guest_reads_by_link_and_code_and_agrees():
    journey = guests.with_guests()
    gerda = Guest()

    door = gerda.follow(guests.last_link())
    asked = gerda.post("guest_request")
    let_in = gerda.post("guest_code", {"code": guests.last_code()})
    page = gerda.get("guest_read")
    answered = gerda.answer("agreed_with_remarks", "Ein Komma fehlt.")
    thanks = gerda.get("guest_thanks")

    assert "Alma Ahrens" in text(door)
    assert "Kooperation" not in text(door)
    assert [asked.url, let_in.url] == [
        reverse("workflow:guest_code"),
        reverse("workflow:guest_read"),
    ]
    assert "Erster Entwurf." in text(page)
    assert answered.url == reverse("workflow:guest_thanks")
    assert "Ein Komma fehlt." in text(thanks)
    decision = Decision.objects.get()
    assert decision.decided_by is None
    assert decision.decided_by_label == "Gerda"
    assert decision.channel == "guest_link"
    assert decision.answer == "agreed_with_remarks"
    assert decision.revision_id == journey.subject.latest_revision_id
    assert journeys.open_stage(journey).key == "approval"


def test_the_answer_of_the_last_guest_publishes_the_text_that_was_read():
    journey = guests.with_guests(guests.ASKED)
    gerda = Guest()
    gerda.enter()

    gerda.answer()

    assert guests.again(journey).status == "agreed"
    assert journeys.fresh(journey.subject).live


def test_the_record_names_the_guest_and_the_link():
    journey = guests.with_guests()
    gerda = Guest()
    gerda.enter()

    gerda.answer()

    (entry,) = [
        one for one in trail.entries_about(journey.subject) if one.action.endswith("decided")
    ]
    assert entry.payload["channel"] == "guest_link"
    assert "Gerda" in [name.name for name in entry.names.all()]
    assert trail.verify() is None


def test_the_letter_says_who_asks_and_that_it_is_not_for_forwarding(settings):
    guests.with_guests()

    (letter,) = guests.letters_to()

    assert letter.reply_to == [alma().email]
    assert "Alma Ahrens" in letter.subject
    assert "Alma Ahrens" in letter.body
    assert settings.WAGTAILADMIN_BASE_URL in letter.body
    assert "weiterleiten" in letter.body
    assert "Kooperation" not in letter.subject + letter.body


def test_every_guest_is_written_to_once():
    guests.with_guests(guests=f"{GERDA} hugo@example.net")

    guests.letters_to()
    guests.letters_to()

    assert sorted(letter.to[0] for letter in mail.outbox) == [GERDA, "hugo@example.net"]


def test_all_guests_have_to_answer():
    journey = guests.with_guests(guests=f"{GERDA} hugo@example.net")
    gerda, hugo = Guest(), Guest("hugo@example.net")
    gerda.enter()
    hugo.enter()

    gerda.answer()
    between = journeys.open_stage(journey).key
    hugo.answer()

    assert between == "guests"
    assert journeys.open_stage(journey).key == "approval"


def test_a_guest_sends_back_with_a_reason_where_the_stage_allows_it():
    journey = guests.with_guests()
    gerda = Guest()
    page = gerda.enter()

    without = gerda.answer("returned")
    gerda.answer("returned", "So habe ich das nicht gesagt.")

    assert "Zurückgeben" in text(page)
    assert without.status_code == 400
    returned = Return.objects.get()
    assert (returned.by, returned.by_label) == (None, "Gerda")
    assert returned.comment == "So habe ich das nicht gesagt."
    assert guests.again(journey).status == "returned"


def test_where_a_stage_takes_nothing_back_a_guest_does_not_either():
    journey = guests.with_guests({**guests.ASKED, "may_return_to": []})
    gerda = Guest()
    page = gerda.enter()

    answer = gerda.answer("returned", "Doch.")

    assert "Zurückgeben" not in text(page)
    assert answer.status_code == 409
    assert not Return.objects.exists()
    assert guests.again(journey).status == "running"


def test_declining_needs_a_reason_and_the_form_stays():
    guests.with_guests()
    gerda = Guest()
    gerda.enter()

    answer = gerda.answer("objected")

    assert answer.status_code == 400
    assert guests.digest_on(answer)
    assert not Decision.objects.exists()


def test_an_answer_that_the_stage_does_not_know_is_none():
    guests.with_guests()
    gerda = Guest()
    gerda.enter()

    for answer in ("abstained", "silent", "nonsense"):
        assert gerda.answer(answer).status_code == 409
    assert not Decision.objects.exists()


# --- What a guest sees --------------------------------------------------------------


def test_a_guest_reads_the_text_and_nothing_of_anybody_else():
    stages = (journeys.REVIEW, guests.ASKED, journeys.APPROVAL)
    journey = guests.with_guests(*stages, guests=f"{GERDA} hugo@example.net")
    journeys.agree(journey, bruno(), comment="Nur für das Haus.")
    hugo = Guest("hugo@example.net")
    hugo.enter()
    hugo.answer("agreed_with_remarks", "Von Hugo.")

    page = text(Guest().enter())

    assert "Erster Entwurf." in page
    for word in (
        "Bruno",
        "Nur für das Haus.",
        "Hugo",
        "Verlauf",
        "/verwaltung/",
        'href="/umlauf/',
    ):
        assert word not in page
    assert journey.subject.slug not in page


def test_the_preview_is_for_whoever_gave_the_code():
    guests.with_guests()
    gerda, stranger = Guest(), Guest()
    gerda.enter()
    stranger.follow(guests.last_link())

    assert "Erster Entwurf." in text(gerda.get("guest_preview"))
    assert stranger.get("guest_preview").status_code == 302


def test_who_is_asked_again_sees_what_has_changed():
    journey = guests.with_guests()
    gerda = Guest()
    gerda.enter()
    gerda.answer()
    actions.send_back(
        stage=journeys.open_stage(journey), by=minister(), comment="§ 2 fehlt.",
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    actions.resubmit(journey=journey, by=alma())

    page = text(Guest().enter())

    assert "<del>[−Erster−]</del>" in page
    assert "<ins>[+Zweiter+]</ins>" in page


# --- Who is excluded ----------------------------------------------------------------


@pytest.mark.parametrize("address", [alma, lambda: account("Else Ernst")])
def test_an_author_or_editor_is_none_as_a_guest_either(address):
    person = address()
    journeys.route(guests.ASKED, journeys.APPROVAL)
    bruno(), minister()
    page = journeys.draft()
    page.guests = person.email.upper()
    page.save_revision(user=person)
    actions.submit(subject=page, by=alma())

    assert guests.letters_to(person.email) == []


def test_without_the_exclusion_the_author_would_be_written_to():
    """The negative control: the same guest in a stage that excludes nobody."""
    guests.with_guests({**guests.ASKED, "exclude": []}, guests=alma().email)

    assert len(guests.letters_to(alma().email)) == 1


def test_who_wrote_meanwhile_is_refused_although_the_link_is_there():
    journey = guests.with_guests()
    guests.letters_to()
    account("Gerda Gast")
    person = alma()
    Participant.objects.filter(kind="guest").update(key=person.email)
    link = GuestLink.objects.get()

    with pytest.raises(JourneyRefused) as refused:
        actions.decide_as_guest(by=link, answer="agreed", seen_digest=journey.content_digest)

    assert refused.value.refusal is Refusal.IS_AUTHOR


def test_nobody_answers_twice_at_the_desk_and_by_a_link():
    stage = {
        **guests.ASKED,
        "participants": [*journeys.REVIEW["participants"], {"kind": "guests"}],
        "exclude": [],
    }
    guests.with_guests(stage, guests=bruno().email)

    assert guests.letters_to(bruno().email) == []


def test_who_answered_earlier_as_a_guest_does_not_again_where_the_stage_says_so():
    first = {**guests.ASKED, "key": "first"}
    second = {**guests.ASKED, "key": "second", "exclude": ["earlier"]}
    guests.with_guests(first, second)
    gerda = Guest()
    gerda.enter()
    gerda.answer()

    links = [one for one in guests.letters_to() if "/gast/" in one.body]

    assert len(links) == 1


# --- Asked by hand ------------------------------------------------------------------


def test_the_author_asks_somebody_more_in_a_stage_with_guests():
    journey = guests.with_guests()

    actions.invite_guest(
        stage=journeys.open_stage(journey), mail=" Ida@Example.net ", name="Ida Iden", by=alma()
    )

    (letter,) = guests.letters_to("ida@example.net")
    assert "Ida Iden" in letter.body
    ida = Guest("ida@example.net")
    ida.enter(guests.link_in(letter))
    ida.answer()
    assert Decision.objects.get().decided_by_label == "Ida Iden"


def test_who_takes_part_may_ask_guests_too_and_they_answer_to_them():
    stage = {
        **guests.ASKED, "participants": [*journeys.REVIEW["participants"], {"kind": "guests"}],
    }  # fmt: skip
    journey = guests.with_guests(stage)

    actions.invite_guest(
        stage=journeys.open_stage(journey), mail="ida@example.net", name="Ida", by=bruno()
    )

    (letter,) = guests.letters_to("ida@example.net")
    assert letter.reply_to == [bruno().email]


def test_a_guest_of_a_stage_to_come_is_written_to_when_it_opens():
    journey = guests.with_guests(journeys.REVIEW, guests.ASKED)
    later = journey.stages.get(key="guests")

    actions.invite_guest(stage=later, mail="ida@example.net", name="Ida", by=alma())
    before = guests.letters_to("ida@example.net")
    journeys.agree(journey, bruno())

    assert before == []
    assert len(guests.letters_to("ida@example.net")) == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by": lambda: account("Cem Cetin")}, Refusal.GUEST_NOT_YOURS_TO_INVITE),
        ({"mail": "keine-adresse"}, Refusal.GUEST_ADDRESS_MISSING),
        ({"name": "  "}, Refusal.GUEST_ADDRESS_MISSING),
        ({"mail": GERDA.upper()}, Refusal.GUEST_ASKED_ALREADY),
        ({"mail": "alma@example.org"}, Refusal.IS_AUTHOR),
        ({"stage": "approval"}, Refusal.GUESTS_NOT_ASKED),
    ],
)
def test_asking_is_refused_with_the_reason_and_nothing_changes(changes, refusal):
    journey = guests.with_guests()
    before = Participant.objects.count()
    stage = journey.stages.get(key=changes.get("stage", "guests"))

    with pytest.raises(JourneyRefused) as refused:
        actions.invite_guest(
            stage=stage,
            mail=changes.get("mail", "ida@example.net"),
            name=changes.get("name", "Ida"),
            by=changes.get("by", alma)(),
        )

    assert refused.value.refusal is refusal
    assert Participant.objects.count() == before


def test_nobody_is_asked_in_a_stage_that_is_over():
    journey = guests.with_guests()
    gerda = Guest()
    gerda.enter()
    gerda.answer()

    with pytest.raises(JourneyRefused) as refused:
        actions.invite_guest(
            stage=journey.stages.get(key="guests"), mail="ida@example.net", name="Ida", by=alma()
        )

    assert refused.value.refusal is Refusal.NOT_OPEN


# --- Sending again and revoking -----------------------------------------------------


def test_a_new_link_ends_the_older_one():
    journey = guests.with_guests()
    first = guests.last_link()
    actions.send_guest_link(participant=guests.seat_of(journey), by=alma())
    second = guests.last_link()

    assert Guest().follow(first).status_code == 404
    assert Guest().follow(second).status_code == 200


def test_a_revoked_link_ends_a_visit_at_once():
    journey = guests.with_guests()
    gerda = Guest()
    page = gerda.enter()

    actions.revoke_guest(participant=guests.seat_of(journey), by=alma())

    assert gerda.get("guest_read").status_code == 409
    assert gerda.answer(seen=guests.digest_on(page)).status_code == 409
    assert not Decision.objects.exists()


def test_whom_the_paper_names_is_waited_for_although_the_link_was_revoked():
    journey = guests.with_guests()

    actions.revoke_guest(participant=guests.seat_of(journey), by=alma())

    assert guests.seat_of(journey).gone_at is None
    assert journeys.open_stage(journey).key == "guests"


def test_whoever_asked_by_hand_takes_it_back_and_the_stage_waits_no_more():
    journey = guests.with_guests()
    gerda = Guest()
    ida = actions.invite_guest(
        stage=journeys.open_stage(journey), mail="ida@example.net", name="Ida", by=alma()
    )
    gerda.enter()
    gerda.answer()
    waiting = journeys.open_stage(journey).key

    actions.revoke_guest(participant=ida, by=alma())

    assert waiting == "guests"
    assert journeys.open_stage(journey).key == "approval"


def test_the_author_is_not_rid_of_a_guest_whom_somebody_else_asked():
    stage = {
        **guests.ASKED, "participants": [*journeys.REVIEW["participants"], {"kind": "guests"}],
    }  # fmt: skip
    journey = guests.with_guests(stage)
    ida = actions.invite_guest(
        stage=journeys.open_stage(journey), mail="ida@example.net", name="Ida", by=bruno()
    )

    actions.revoke_guest(participant=ida, by=alma())

    assert guests.seat_of(journey, "ida@example.net").gone_at is None


@pytest.mark.parametrize("verb", [actions.revoke_guest, actions.send_guest_link])
def test_others_can_neither_revoke_nor_send_again(verb):
    journey = guests.with_guests()
    guests.letters_to()

    with pytest.raises(JourneyRefused) as refused:
        verb(participant=guests.seat_of(journey), by=minister())

    assert refused.value.refusal is Refusal.GUEST_NOT_YOURS
    assert GuestLink.objects.get().revoked_at is None


def test_the_administration_may_revoke():
    journey = guests.with_guests()
    guests.letters_to()

    actions.revoke_guest(participant=guests.seat_of(journey), by=admin())

    assert GuestLink.objects.get().revoked_at is not None


def test_an_answer_that_was_given_cannot_be_revoked():
    journey = guests.with_guests()
    gerda = Guest()
    gerda.enter()
    gerda.answer()

    with pytest.raises(JourneyRefused) as refused:
        actions.revoke_guest(participant=guests.seat_of(journey), by=alma())

    assert refused.value.refusal is Refusal.ALREADY_DECIDED


# --- The list on the page of the journey --------------------------------------------


@pytest.fixture
def listed(rf):
    """Return the list of guests as one person gets it."""
    from django.template import RequestContext, Template

    from workflow.reading import standing_of

    def render(journey, user):
        request = rf.get("/")
        request.user = user
        template = Template("{% load guests %}{% guests_of_journey standing %}")
        return template.render(RequestContext(request, {"standing": standing_of(journey)}))

    return render


def test_the_page_lists_guests_with_how_it_stands(listed):
    journey = guests.with_guests()
    before = listed(journey, alma())
    guests.letters_to()
    sent = listed(guests.again(journey), alma())
    gerda = Guest()
    gerda.enter()
    gerda.answer("agreed_with_remarks", "Geheimnis")
    answered = listed(guests.again(journey), alma())

    assert "noch kein Link" in before
    assert "Link verschickt" in sent
    assert GERDA in sent
    assert "hat geantwortet" in answered
    assert "Geheimnis" not in answered
    assert "widerrufen" in sent
    assert "widerrufen" not in answered


def test_who_may_do_nothing_about_guests_gets_no_buttons_and_no_addresses(listed):
    journey = guests.with_guests()

    shown = listed(journey, minister())

    assert "Gerda" in shown
    assert GERDA not in shown
    assert "<form" not in shown


def test_the_buttons_of_the_list_do_what_they_say(signed_in):
    journey = guests.with_guests()
    guests.letters_to()
    browser = signed_in(alma())
    stage, seat = journeys.open_stage(journey), guests.seat_of(journey)

    invite = reverse("workflow:guest_invite", args=[journey.pk])
    browser.post(invite, {"stage": stage.pk, "mail": "ida@example.net", "name": "Ida"})
    browser.post(reverse("workflow:guest_send", args=[journey.pk, seat.pk]))
    again = len(guests.letters_to())
    browser.post(reverse("workflow:guest_revoke", args=[journey.pk, seat.pk]))

    assert len(guests.letters_to("ida@example.net")) == 1
    assert again == 2
    assert not GuestLink.objects.filter(participant=seat, revoked_at=None).exists()


def test_the_doors_of_the_list_are_closed_to_strangers_and_to_other_journeys(signed_in):
    journey = guests.with_guests()
    other = guests.with_guests()
    seat = guests.seat_of(other)
    for name, arguments in (
        ("guest_invite", [journey.pk]),
        ("guest_send", [journey.pk, seat.pk]),
        ("guest_revoke", [journey.pk, seat.pk]),
    ):
        address = reverse(f"workflow:{name}", args=arguments)

        assert signed_in(account("Cem Cetin")).post(address, {"stage": "1"}).status_code == 404
        assert signed_in(alma()).post(address, {"stage": "x"}).status_code == 404
        assert signed_in(alma()).get(address).status_code == 405
