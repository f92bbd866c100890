"""Standing in: appointing and revoking, acting "A for B", and where a deputy's right ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.roles import Role
from cms.core import trail
from cms.core.refusals import Refused
from tests.people import account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.desk import tasks_for
from workflow.models import Decision, Deputyship
from workflow.rules import refusals
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db

PAGE = "/vertretungen/"


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


def appoint(principal, deputy, *, starts=0, ends=7, **more):
    return actions.appoint_deputy(
        principal=principal, deputy=deputy, by=principal, starts=day(starts), ends=day(ends), **more
    )


def form(deputy, **more):
    return {
        "deputy": deputy.email, "starts": day().isoformat(), "ends": day(7).isoformat(), **more,
    }  # fmt: skip


def refusal_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal


# --- Acting in another's place ----------------------------------------------------


def test_a_for_b_stands_in_the_decision_in_the_trail_and_on_the_page(signed_in):
    journey = journeys.in_review()
    appoint(bruno(), cem())

    decision = journeys.agree(journey, cem())

    assert (decision.decided_by, decision.acting_for) == (cem(), bruno())
    entries = [one for one in trail.entries_about(journey.subject) if "decided" in one.action]
    names = {name.role: name.name for name in entries[-1].names.all()}
    assert names["actor"] == "Cem Cetin"
    assert "Bruno Behrend" in names["on_behalf_of"]
    text = signed_in(bruno()).get(journey.get_absolute_url()).content.decode()
    assert "Cem Cetin" in text
    assert "Bruno Behrend" in text


def test_the_task_says_in_whose_place_it_is(signed_in):
    journeys.in_review()
    appoint(bruno(), cem())

    (task,) = tasks_for(cem()).to_do
    text = signed_in(cem()).get("/meine-aufgaben/").content.decode()

    assert task.in_place_of == "Bruno Behrend"
    assert "in Vertretung von Bruno Behrend" in text
    assert "Sie vertreten" in text


def test_ones_own_task_is_not_marked_when_one_also_stands_in():
    other = account("Rosa Reim", Role.REVIEWERS)
    journeys.in_review()
    appoint(bruno(), other)

    (task,) = tasks_for(other).to_do

    assert task.in_place_of == ""


@pytest.mark.parametrize(
    ("starts", "ends", "revoked"), [(-7, -1, False), (1, 7, False), (0, 7, True)]
)
def test_outside_of_its_days_a_deputyship_gives_nothing(starts, ends, revoked):
    journey = journeys.in_review()
    deputyship = appoint(bruno(), cem(), starts=starts, ends=ends)
    if revoked:
        actions.revoke_deputy(deputyship=deputyship, by=bruno())

    assert refusal_of(lambda: journeys.agree(journey, cem())) is Refusal.NOT_PARTICIPANT
    assert tasks_for(cem()).to_do == ()


def test_on_its_first_and_last_day_it_holds():
    journeys.in_review()
    appoint(bruno(), cem(), starts=0, ends=0)

    assert len(tasks_for(cem()).to_do) == 1


def test_a_deputyship_for_other_papers_gives_nothing():
    journey = journeys.in_review()
    appoint(bruno(), cem(), paper_kind="paper")

    assert refusal_of(lambda: journeys.agree(journey, cem())) is Refusal.NOT_PARTICIPANT


def test_who_may_not_decide_cannot_have_it_done_by_a_deputy():
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    journey = journeys.in_review(journeys.draft(by=author), by=author)
    appoint(author, cem())

    assert refusal_of(lambda: journeys.agree(journey, cem())) is Refusal.PRINCIPAL_EXCLUDED
    assert tasks_for(cem()).to_do == ()


def test_without_that_rule_the_deputy_would_decide(monkeypatch):
    """Negative control of the test above."""
    author = account("Rosa Reim", Role.EDITORS, Role.REVIEWERS)
    journey = journeys.in_review(journeys.draft(by=author), by=author)
    appoint(author, cem())
    by_person = refusals.refusal_of_person
    monkeypatch.setattr(
        refusals,
        "refusal_of_person",
        lambda situation, person: (
            None if person == situation.principal else by_person(situation, person)
        ),
    )

    journeys.agree(journey, cem())

    assert Decision.objects.get().acting_for == author


def test_an_author_cannot_decide_as_the_deputy_of_somebody_who_can():
    journey = journeys.in_review()
    appoint(bruno(), alma())

    assert refusal_of(lambda: journeys.agree(journey, alma())) is Refusal.IS_AUTHOR
    assert tasks_for(alma()).to_do == ()


def test_a_deputy_of_a_deputy_has_no_say():
    other = account("Rosa Reim", Role.MEMBERS)
    journey = journeys.in_review()
    appoint(bruno(), cem())
    appoint(cem(), other)

    assert refusal_of(lambda: journeys.agree(journey, other)) is Refusal.NOT_PARTICIPANT
    assert tasks_for(other).to_do == ()


def test_signing_needs_a_deputyship_that_says_so():
    journeys.route({**journeys.REVIEW, "kind": "final_sign_off"}, journeys.APPROVAL)
    journey = journeys.in_review()
    other = account("Rosa Reim", Role.MEMBERS)
    appoint(bruno(), cem())
    appoint(bruno(), other, may_sign=True)

    assert refusal_of(lambda: journeys.agree(journey, cem())) is Refusal.MAY_NOT_SIGN
    assert tasks_for(cem()).to_do == ()
    assert journeys.agree(journey, other).acting_for == bruno()


# --- The page ---------------------------------------------------------------------


def test_everybody_appoints_and_revokes_their_own_deputies(signed_in):
    browser = signed_in(bruno())

    entered = browser.post(PAGE, form(cem(), basis="Urlaub", paper_kind="paper_page"), follow=True)

    deputyship = Deputyship.objects.get()
    assert "Cem Cetin" in entered.content.decode()
    assert (deputyship.principal, deputyship.deputy) == (bruno(), cem())
    assert (deputyship.basis, deputyship.paper_kind) == ("Urlaub", "paper_page")
    assert not deputyship.may_sign
    browser.post(f"{PAGE}{deputyship.pk}/widerrufen/")
    deputyship.refresh_from_db()
    assert deputyship.revoked_at is not None


def test_the_deputy_sees_for_whom_they_stand_in(signed_in):
    appoint(bruno(), cem())

    text = signed_in(cem()).get(PAGE).content.decode()

    assert "Sie vertreten" in text
    assert "Bruno Behrend" in text


def test_a_look_changes_nothing(signed_in):
    deputyship = appoint(bruno(), cem())

    response = signed_in(bruno()).get(f"{PAGE}{deputyship.pk}/widerrufen/")

    assert response.status_code == 405
    assert Deputyship.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"deputy": "bruno@example.org"}, "Niemand kann sich selbst vertreten"),
        ({"ends": "2020-01-01"}, "endet, bevor sie beginnt"),
        ({"deputy": "niemand@example.org"}, "Mit dieser Adresse meldet sich niemand an"),
        ({"starts": "morgen"}, "gültiges Datum"),
    ],
)
def test_what_cannot_be_entered_says_why_and_keeps_what_was_typed(signed_in, fields, sentence):
    data = {**form(cem(), basis="Urlaub bis Ostern"), **fields}

    response = signed_in(bruno()).post(PAGE, data)

    text = response.content.decode()
    assert response.status_code in (400, 409)
    assert sentence in text
    assert "Urlaub bis Ostern" in text
    assert not Deputyship.objects.exists()


def test_a_circle_is_refused_with_its_reason(signed_in):
    appoint(bruno(), cem())

    response = signed_in(cem()).post(PAGE, form(bruno()))

    assert response.status_code == 409
    assert "Kreis" in response.content.decode()
    assert Deputyship.objects.count() == 1


def test_the_administration_manages_anybodys_and_nobody_else_does(signed_in):
    bruno(), cem()
    address = f"{PAGE}?person=bruno@example.org"

    signed_in(admin()).post(address, form(cem()))

    assert Deputyship.objects.get().entered_by == admin()
    assert signed_in(minister()).get(address).status_code == 404
    assert signed_in(minister()).post(address, form(minister())).status_code == 404
    theirs = Deputyship.objects.get()
    assert signed_in(minister()).post(f"{PAGE}{theirs.pk}/widerrufen/").status_code == 404
    assert Deputyship.objects.filter(revoked_at=None).count() == 1


def test_a_deputy_cannot_revoke_what_was_given_to_them(signed_in):
    deputyship = appoint(bruno(), cem())

    assert signed_in(cem()).post(f"{PAGE}{deputyship.pk}/widerrufen/").status_code == 404


def test_somebody_who_is_not_signed_in_is_asked_to(client):
    assert client.get(PAGE)["Location"].startswith("/konto/login/")
    assert client.get("/benachrichtigungen/")["Location"].startswith("/konto/login/")


def test_the_page_costs_the_same_for_one_and_for_many(signed_in, django_assert_max_num_queries):
    browser = signed_in(bruno())
    for number in range(30):
        appoint(bruno(), account(f"Nora{number} Nett", Role.MEMBERS), starts=number, ends=number)

    with django_assert_max_num_queries(25):
        browser.get(PAGE)
