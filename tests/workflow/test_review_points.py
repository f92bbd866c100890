"""Sending back with points, ticking them off, and what later readers see of it."""

import re

import pytest
from django.urls import reverse

from tests.people import alma, bruno
from tests.stand_ins import journeys
from workflow.models import Journey, Return, ReturnPoint

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def fields_of(response):
    return dict(re.findall(r'name="(stage|seen_digest|to)" value="([^"]*)"', text(response)))


def send_back(browser, journey, **more):
    seen = fields_of(browser.get(journey.get_absolute_url()))
    return browser.post(
        reverse("workflow:return", args=[journey.pk]),
        {**seen, "answer": "returned", "place": ["body", ""],
         "point": ["Frist nennen.", "Bitte kürzen."], **more},
    )  # fmt: skip


def settle(browser, journey, point, state, note=""):
    address = reverse("workflow:settle", args=[journey.pk, point.pk])
    return browser.post(address, {"state": state, "note": note})


def test_points_are_kept_with_the_place_they_are_about(signed_in):
    journey = journeys.in_review()

    answer = send_back(signed_in(bruno()), journey)

    assert answer.status_code == 302
    points = [(one.place, one.place_label, one.text) for one in ReturnPoint.objects.all()]
    assert points == [("body", "Body", "Frist nennen."), ("", "", "Bitte kürzen.")]


def test_a_place_that_the_text_does_not_have_means_the_whole(signed_in):
    journey = journeys.in_review()

    send_back(signed_in(bruno()), journey, place=["nonsense:1", ""])

    assert [one.place for one in ReturnPoint.objects.all()] == ["", ""]


def test_a_point_may_begin_at_a_place_of_the_text(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())

    page = text(browser.get(journey.get_absolute_url()))
    begun = text(browser.get(f"{journey.get_absolute_url()}?stelle=body"))

    assert 'href="?stelle=body#punkte"' in page
    assert '<option value="body" selected>' not in page
    assert '<option value="body" selected>' in begun
    assert re.search(r"<details data-points open>", begun)


def test_more_rows_keep_what_was_typed_and_change_nothing(signed_in):
    journey = journeys.in_review()

    page = send_back(signed_in(bruno()), journey, more="1", comment="Danke bis hierher.")

    assert page.status_code == 200
    assert text(page).count('name="point"') == 5
    assert "Frist nennen.</textarea>" in text(page)
    assert "Danke bis hierher." in text(page)
    assert not Return.objects.exists()


def test_a_stale_form_keeps_the_points_as_well(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())
    seen = fields_of(browser.get(journey.get_absolute_url()))
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")

    answer = send_back(browser, journey, **{**seen, "comment": "Viel Mühe."})

    assert answer.status_code == 409
    assert "Frist nennen.</textarea>" in text(answer)
    assert '<option value="body" selected>' in text(answer)
    assert not Return.objects.exists()


def test_points_are_kept_where_the_form_is_gone(signed_in):
    journey = journeys.in_review()
    browser = signed_in(bruno())
    seen = fields_of(browser.get(journey.get_absolute_url()))
    journeys.agree(journey, bruno())

    answer = send_back(browser, journey, **seen)

    assert answer.status_code == 409
    assert "Frist nennen." in text(answer)
    assert 'name="point"' not in text(answer)


def test_open_points_stand_in_the_way_of_submitting_again(signed_in):
    journey = journeys.in_review()
    send_back(signed_in(bruno()), journey)
    browser, resubmit = signed_in(alma()), reverse("workflow:resubmit", args=[journey.pk])
    first, second = ReturnPoint.objects.order_by("order")

    page = text(browser.get(journey.get_absolute_url()))
    browser.post(resubmit)
    still = Journey.objects.get(pk=journey.pk).status
    settle(browser, journey, first, "done", "Frist steht jetzt im ersten Satz.")
    settle(browser, journey, second, "not_followed", "Gekürzt würde es unklar.")
    again = text(browser.get(journey.get_absolute_url()))
    browser.post(resubmit)

    assert "Erneut einreichen</span>" not in page
    assert "2 Punkte sind offen." in page
    assert still == "returned"
    assert "Erneut einreichen</span>" in again
    assert Journey.objects.get(pk=journey.pk).status == "running"


def test_not_following_a_point_needs_a_note_and_keeps_nothing_half_done(signed_in):
    journey = journeys.in_review()
    send_back(signed_in(bruno()), journey)
    point = ReturnPoint.objects.first()

    answer = settle(signed_in(alma()), journey, point, "not_followed")

    assert answer.status_code == 400
    assert ReturnPoint.objects.get(pk=point.pk).state == "open"


def test_a_note_that_cannot_be_kept_is_shown_again(signed_in):
    journey = journeys.in_review()
    send_back(signed_in(bruno()), journey)
    point = ReturnPoint.objects.first()

    answer = settle(signed_in(alma()), journey, point, "nonsense", "Steht nun in Satz eins.")

    assert answer.status_code == 400
    assert "Steht nun in Satz eins.</textarea>" in text(answer)


def test_who_may_not_edit_ticks_nothing_off(signed_in):
    journey = journeys.in_review()
    send_back(signed_in(bruno()), journey)
    point = ReturnPoint.objects.first()

    page = text(signed_in(bruno()).get(journey.get_absolute_url()))
    answer = settle(signed_in(bruno()), journey, point, "done")

    assert "Frist nennen." in page
    assert 'value="not_followed"' not in page
    assert answer.status_code == 409
    assert ReturnPoint.objects.get(pk=point.pk).state == "open"


def test_a_point_of_another_journey_is_none_at_all(signed_in):
    journey, other = journeys.in_review(), journeys.in_review(journeys.draft("Andere"))
    send_back(signed_in(bruno()), journey)

    answer = settle(signed_in(alma()), other, ReturnPoint.objects.first(), "done")

    assert answer.status_code == 404


def test_later_readers_see_what_was_done_beside_the_text_and_in_the_record(signed_in):
    journey = journeys.in_review()
    send_back(signed_in(bruno()), journey)
    first, second = ReturnPoint.objects.order_by("order")
    settle(signed_in(alma()), journey, first, "done", "Frist steht jetzt im ersten Satz.")
    settle(signed_in(alma()), journey, second, "not_followed", "Gekürzt würde es unklar.")
    journeys.edit(journey.subject, "<p>Frist im Mai. Zweiter Entwurf.</p>")
    signed_in(alma()).post(reverse("workflow:resubmit", args=[journey.pk]))

    page = text(signed_in(bruno()).get(journey.get_absolute_url()))
    place = page[page.index('id="stelle-body"') :]
    record = page[page.index('id="verlauf"') :]

    assert "Frist steht jetzt im ersten Satz." in place[: place.index('id="votum"')]
    assert "1. Body: Frist nennen." in record
    assert "nicht übernommen: Gekürzt würde es unklar." in record


def test_earlier_returns_stay_readable(signed_in):
    journey = journeys.in_review()
    send_back(signed_in(bruno()), journey, point=["Erster Wunsch.", ""])
    settle(signed_in(alma()), journey, ReturnPoint.objects.get(), "done")
    signed_in(alma()).post(reverse("workflow:resubmit", args=[journey.pk]))
    send_back(signed_in(bruno()), journey, point=["Zweiter Wunsch.", ""])

    page = text(signed_in(alma()).get(journey.get_absolute_url()))

    assert page.index("Zweiter Wunsch.") < page.index("Erster Wunsch.")
