"""Beside the page editor: the journey, whose turn it is, and the points to settle."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.people import admin, alma, bruno
from tests.stand_ins import journeys
from workflow import actions
from workflow.actions.returning import Point
from workflow.doors.review.side_panel import viewsets
from workflow.models import ReturnPoint
from workflow.rules.states import PointState

pytestmark = pytest.mark.django_db


def editor_of(signed_in, page, by=None):
    browser = signed_in(by or admin())
    return browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def returned_with_points():
    journey = journeys.in_review()
    actions.send_back(
        stage=journeys.open_stage(journey), by=bruno(),
        seen_digest=journeys.present_digest(journey.subject),
        points=[
            Point("Frist nennen.", "body:1f", "Text, Artikel 1"),
            Point("Jahr fehlt.", "title", "Titel"),
            Point("Bitte kürzen."),
        ],
    )  # fmt: skip
    return journey


def test_a_paper_not_on_its_way_says_so(signed_in):
    page = editor_of(signed_in, journeys.draft())

    assert 'data-side-panel="journey"' in page
    assert "noch nicht im Umlauf" in page


def test_the_panel_tells_whose_turn_it_is(signed_in):
    journey = journeys.in_review()

    page = editor_of(signed_in, journey.subject)

    assert "Gewartet wird auf: Fachprüfung" in page
    assert journey.get_absolute_url() in page


def test_points_stand_beside_the_text_with_a_way_to_their_block(signed_in):
    journey = returned_with_points()

    page = editor_of(signed_in, journey.subject)

    assert '<a href="#block-1f-section">Text, Artikel 1</a>: Frist nennen.' in page
    assert "Bitte kürzen." in page
    assert "Zum Umlauf (Punkte: 3)" in page


def test_a_point_on_a_plain_field_leads_to_it(signed_in):
    journey = returned_with_points()

    page = editor_of(signed_in, journey.subject)

    (anchor,) = re.findall(r'<a href="#([^"]+)">Titel</a>: Jahr fehlt\.', page)
    assert f'id="{anchor}"' in page


def test_settled_points_are_no_more_to_do(signed_in):
    journey = returned_with_points()
    for point in ReturnPoint.objects.all():
        actions.settle_point(point=point, by=alma(), state=PointState.DONE)

    page = editor_of(signed_in, journey.subject)

    assert "Alle Punkte sind abgehakt." in page
    assert "Bitte kürzen." not in page


def test_every_governed_page_has_the_panel():
    governed = {viewset.model.__name__ for viewset in viewsets()}

    assert {"AgreementPage", "DeclarationPage", "EventPage", "PublicationPage"} <= governed
    assert all(issubclass(viewset.model, Page) for viewset in viewsets())
