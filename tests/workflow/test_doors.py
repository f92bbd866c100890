"""The page of a journey: who gets in, what it shows, what a stale form does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.roles import Role
from tests.people import account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Decision, Journey, Return

pytestmark = pytest.mark.django_db


def fields_of(response):
    """What the browser would send back: the form's hidden fields."""
    found = re.findall(r'name="(stage|seen_digest)" value="([^"]*)"', text(response))
    return dict(found)


def text(response):
    return response.content.decode()


def test_whoever_takes_part_reads_the_text_and_decides_on_it(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())

    page = browser.get(journey.get_absolute_url())
    answer = browser.post(
        reverse("workflow:decide", args=[journey.pk]), {**fields_of(page), "answer": "agreed"}
    )

    assert "Erster Entwurf." in text(page)
    assert answer.status_code == 302
    decision = Decision.objects.get()
    assert decision.decided_by == bruno()
    assert decision.revision_id == journey.subject.latest_revision_id


def test_the_author_sees_the_page_but_no_decision_form(signed_in):
    journey = journeys.in_review()

    page = signed_in(alma()).get(journey.get_absolute_url())

    assert page.status_code == 200
    assert 'name="answer"' not in text(page)


def test_participants_author_editors_and_administrators_get_in(signed_in):
    journey = journeys.in_review()

    for user in (alma(), bruno(), minister(), admin(), account("Else Ernst", Role.EDITORS)):
        assert signed_in(user).get(journey.get_absolute_url()).status_code == 200


def test_to_everybody_else_there_is_no_such_page(signed_in, client):
    journey = journeys.in_review()

    assert signed_in(cem()).get(journey.get_absolute_url()).status_code == 404
    assert signed_in(cem()).get(reverse("workflow:preview", args=[journey.pk])).status_code == 404
    for name in ("decide", "return", "withdraw", "resubmit"):
        answer = signed_in(cem()).post(reverse(f"workflow:{name}", args=[journey.pk]), {})
        assert answer.status_code == 404
    assert client.get(journey.get_absolute_url()).status_code == 302
    assert signed_in(bruno()).get(reverse("workflow:review", args=[99999])).status_code == 404


def test_reading_changes_nothing(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())

    for name in ("decide", "return", "withdraw", "resubmit"):
        assert browser.get(reverse(f"workflow:{name}", args=[journey.pk])).status_code == 405

    assert not Decision.objects.exists()


def test_a_stale_form_is_refused_with_the_comment_kept(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())
    seen = fields_of(browser.get(journey.get_absolute_url()))
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    answer = browser.post(
        reverse("workflow:decide", args=[journey.pk]),
        {**seen, "answer": "agreed", "comment": "Mit Dank für die Mühe."},
    )

    assert answer.status_code == 409
    assert "Mit Dank für die Mühe." in text(answer)
    assert "Zweiter Entwurf." in text(answer)
    assert fields_of(answer)["seen_digest"] != seen["seen_digest"]
    assert not Decision.objects.exists()


def test_sending_back_needs_a_reason(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())
    seen = fields_of(browser.get(journey.get_absolute_url()))
    address = reverse("workflow:return", args=[journey.pk])

    without = browser.post(address, {**seen, "answer": "returned"})
    with_reason = browser.post(address, {**seen, "answer": "returned", "comment": "Zu lang."})

    assert without.status_code == 400
    assert with_reason.status_code == 302
    assert Return.objects.get().comment == "Zu lang."


def test_a_form_without_its_fields_is_refused(signed_in):
    journey = journeys.in_review()

    answer = signed_in(bruno()).post(reverse("workflow:decide", args=[journey.pk]), {})

    assert answer.status_code == 400
    assert not Decision.objects.exists()


def test_a_stage_of_another_journey_is_none_at_all(signed_in):
    journey = journeys.in_review()
    other = journeys.in_review(journeys.draft("Andere"))
    browser = signed_in(bruno())
    seen = fields_of(browser.get(journey.get_absolute_url()))
    seen["stage"] = journeys.open_stage(other).pk

    answer = browser.post(
        reverse("workflow:decide", args=[journey.pk]), {**seen, "answer": "agreed"}
    )

    assert answer.status_code == 404
    assert not Decision.objects.exists()


def test_the_author_withdraws_or_submits_again_from_the_page(signed_in):
    journey = journeys.returned()
    browser = signed_in(alma())

    page = browser.get(journey.get_absolute_url())
    browser.post(reverse("workflow:resubmit", args=[journey.pk]))
    again = Journey.objects.get(pk=journey.pk).status
    browser.post(reverse("workflow:withdraw", args=[journey.pk]))

    assert "Bitte kürzen." in text(page)
    assert again == "running"
    assert Journey.objects.get(pk=journey.pk).status == "withdrawn"


def test_changed_words_are_marked_by_more_than_colour(signed_in):
    journey = journeys.agreed()
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    again = journeys.in_review(journeys.fresh(journey.subject))

    page = text(signed_in(bruno()).get(again.get_absolute_url()))

    assert "<del>[−Erster−]</del>" in page
    assert "<ins>[+Zweiter+]</ins>" in page


def test_who_decided_before_sees_the_difference_to_their_own_text(signed_in):
    journey = journeys.in_review()
    journeys.agree(journey, bruno())
    actions.send_back(
        stage=journeys.open_stage(journey), by=minister(), comment="§ 2 fehlt.",
        seen_digest=journeys.present_digest(journey.subject),
    )  # fmt: skip
    journeys.edit(journey.subject, "<p>Dritter Entwurf.</p>")
    actions.resubmit(journey=journey, by=alma())

    page = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert "<del>[−Erster−]</del>" in page
    assert "<ins>[+Dritter+]</ins>" in page


def test_whoever_sent_a_text_back_sees_what_has_changed_since(signed_in):
    journey = journeys.returned()
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    actions.resubmit(journey=journey, by=alma())

    page = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert "zurückgegeben haben" in page
    assert "<del>[−Erster−]</del>" in page
    assert "<ins>[+Zweiter+]</ins>" in page


def test_markup_in_a_text_is_shown_not_run(signed_in):
    page = journeys.draft(body="<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    journey = journeys.in_review(page)

    shown = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_the_preview_shows_the_text_under_decision_to_who_takes_part(signed_in):
    journey = journeys.before_approval()

    shown = signed_in(minister()).get(reverse("workflow:preview", args=[journey.pk]))

    assert "Erster Entwurf." in text(shown)


def test_the_page_costs_the_same_however_many_papers_are_on_their_way(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())
    browser.get(journey.get_absolute_url())

    with CaptureQueriesContext(connection) as alone:
        browser.get(journey.get_absolute_url())
    for number in range(4):
        journeys.in_review(journeys.draft(f"Nummer {number}"))
    with CaptureQueriesContext(connection) as among_others:
        browser.get(journey.get_absolute_url())

    assert len(among_others) == len(alone)


def test_filing_comes_last_and_the_record_names_the_stage(signed_in):
    journey = journeys.in_review()

    page = text(signed_in(alma()).get(journey.get_absolute_url()))

    assert page.index("Erster Entwurf.") < page.index("Angaben zur Ablage")
    assert page.index("Angaben zur Ablage") < page.index(journey.subject.slug)
    label = journeys.open_stage(journey).label
    assert f"Station geöffnet: {label}" in page


def test_preview_and_editor_are_two_entries_of_a_list(signed_in):
    journey = journeys.returned()

    page = text(signed_in(alma()).get(journey.get_absolute_url()))

    assert re.search(r"Vorschau als Seite</a></li>\s*<li><a [^>]*>Im Editor öffnen", page)
