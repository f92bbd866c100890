"""A journey as a picture: every stage with its state, escaped, and the same in words."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template

from cms.accounts.roles import Role
from tests.people import account, bruno
from tests.stand_ins import journeys
from workflow.models import Journey
from workflow.rules.states import Answer, StageStatus
from workflow.telling.pictures import (
    ANSWER_SYMBOLS,
    SYMBOLS,
    picture_of_journey,
    picture_of_route,
)

pytestmark = pytest.mark.django_db


def drawn(journey):
    template = Template("{% load journeys %}{% journey_picture journey %}")
    return template.render(Context({"journey": journey}))


def svg_in(html):
    text = html[html.index("<svg") : html.index("</svg>") + 6]
    return ET.fromstring(text)  # noqa: S314  (our own text)


def words_of(svg):
    return " ".join(text.strip() for text in svg.itertext() if text.strip())


def states(journey):
    return [one.status for one in picture_of_journey(journey).stations]


def test_the_picture_tells_the_state_of_each_stage():
    journey = journeys.before_approval()

    svg = svg_in(drawn(journey))

    assert states(journey) == ["done", "open"]
    assert "✓ Fachprüfung: zugestimmt" in words_of(svg)
    assert "○ Ministerium" in words_of(svg)


def test_the_same_is_said_in_words_beside_it():
    html = drawn(journeys.before_approval())

    words = html[html.index("</svg>") :]

    assert "Fachprüfung: zugestimmt" in words
    assert "Zustimmung" in words


def test_it_has_a_title_and_a_description_that_readers_hear():
    svg = svg_in(drawn(journeys.in_review()))
    space = "{http://www.w3.org/2000/svg}"

    named = svg.get("aria-labelledby").split()

    assert svg.get("role") == "img"
    found = [svg.find(f"{space}title").get("id"), svg.find(f"{space}desc").get("id")]
    assert named == found


def test_labels_are_escaped():
    evil = {**journeys.REVIEW, "label": '<script>alert("x")</script>&'}
    journeys.route(evil)

    html = drawn(journeys.in_review())

    assert "<script>" not in html
    assert svg_in(html) is not None


def test_all_of_a_long_label_is_in_the_words():
    long = "Beteiligung der " + "Arbeitsgemeinschaft " * 9
    journeys.route({**journeys.REVIEW, "label": long.strip()})

    html = drawn(journeys.in_review())

    assert long.strip() in html[html.index("</svg>") :]
    assert max(len(text) for text in svg_in(html).itertext()) < 60


def test_a_blind_stage_shows_no_answer_before_it_is_complete():
    blind = {**journeys.REVIEW, "votes": "blind", "completion": "all"}
    blind["participants"] = [
        {"kind": "group", "key": "reviewers", "label": "Fachprüfung"},
        {"kind": "group", "key": "office", "label": "Geschäftsstelle"},
    ]
    journeys.route(blind)
    olga = account("Olga Otto", Role.OFFICE)
    journey = journeys.in_review()

    journeys.agree(journey, bruno())
    hidden = drawn(journey)
    journeys.agree(journey, olga)
    shown = drawn(Journey.objects.get(pk=journey.pk))

    assert "zugestimmt" not in hidden
    assert "hat geantwortet" in hidden
    assert "Fachprüfung: zugestimmt" in shown


def test_it_fits_a_narrow_screen_and_nothing_lies_on_something_else():
    picture = picture_of_route(journeys.route(journeys.REVIEW, journeys.APPROVAL))

    first, second = picture.stations

    assert picture.width <= 328
    assert first.bottom < second.top
    assert second.bottom < picture.end_top < picture.height


def test_many_participants_are_counted_in_the_picture_and_named_in_the_words():
    many = [
        {"kind": "group", "key": f"g{number}", "label": f"Kommune {number}"} for number in range(12)
    ]
    route = journeys.route({**journeys.REVIEW, "participants": many, "completion": "all"})

    (station,) = picture_of_route(route).stations

    assert station.lines[-1].text == "und 4 weitere"
    assert len(station.seats) == 12


def test_every_state_and_answer_has_a_sign_of_its_own_kind():
    assert set(SYMBOLS) == set(StageStatus)
    assert set(ANSWER_SYMBOLS) == set(Answer)


def test_a_stage_left_out_is_drawn_as_such():
    left_out = {**journeys.REVIEW, "key": "files", "when": {"has_files": True}}
    journeys.route(left_out, journeys.APPROVAL)

    journey = journeys.in_review()

    assert states(journey) == ["skipped", "open"]


def test_a_journey_costs_the_same_queries_with_one_party_or_thirty(django_assert_num_queries):
    journey = journeys.in_review()

    with django_assert_num_queries(3):
        picture_of_journey(journey)
