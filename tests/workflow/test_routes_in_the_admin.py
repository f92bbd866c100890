"""Routes in the admin: read by the administration, played without effect, moved on record."""

import pytest
from django.urls import reverse

from cms.core.models import TrailEntry
from tests.people import account, admin, alma, bruno
from tests.stand_ins import journeys
from workflow.models import Decision, Journey, Route

pytestmark = pytest.mark.django_db

LISTED = "workflow_routes:index"


def page_of(route):
    return reverse("workflow_routes:version", args=[route.key, route.version])


def way_to(journey, route):
    return reverse("workflow_routes:move", args=[journey.pk, route.version])


def text_of(response):
    return response.content.decode()


def test_the_list_names_versions_and_running_journeys(signed_in):
    journeys.route()
    journeys.in_review()

    text = text_of(signed_in(admin()).get(reverse(LISTED)))

    assert reverse("workflow_routes:version", args=["paper_page", 1]) in text
    assert reverse("workflow_routes:version", args=["agreement", 1]) in text


def test_the_menu_leads_there_for_the_administration_only(signed_in):
    home = reverse("wagtailadmin_home")

    assert reverse(LISTED) in text_of(signed_in(admin()).get(home))
    assert reverse(LISTED) not in text_of(signed_in(alma()).get(home))


def test_who_writes_or_reviews_does_not_get_in(signed_in):
    route = journeys.route()

    for user in (alma(), bruno()):
        browser = signed_in(user)
        for address in (reverse(LISTED), page_of(route)):
            assert browser.get(address).status_code in (302, 403)


def test_a_version_is_drawn_and_said_in_german(signed_in):
    text = text_of(signed_in(admin()).get(page_of(Route.objects.present("agreement"))))

    assert "<svg" in text
    assert "Schlusszeichnung der Hausleitung" in text
    assert "Die Frist beträgt 20 Arbeitstage ab Öffnung der Station." in text
    assert "Wer den Text geschrieben hat, entscheidet hier nicht." in text


def test_every_shipped_route_has_a_page_of_german_sentences(signed_in):
    browser = signed_in(admin())

    for route in Route.objects.all():
        response = browser.get(page_of(route))
        assert response.status_code == 200
        assert "Die Station ist erledigt mit der" in text_of(response)


def test_what_a_version_changed_is_told(signed_in):
    journeys.route()
    journeys.route(journeys.APPROVAL)

    text = text_of(signed_in(admin()).get(page_of(Route.objects.present("paper_page"))))

    assert "Die Station „review“ fällt weg." in text


def test_playing_tells_the_end_and_changes_nothing(signed_in):
    route = journeys.route()
    before = Journey.objects.count(), Decision.objects.count(), TrailEntry.objects.count()
    votes = {"vote-review-0": "agreed", "vote-approval-0": "objected"}
    facts = {"parties": 0, "guests": 0, "attached": 0}

    text = text_of(signed_in(admin()).post(page_of(route), {**facts, **votes, "play": "1"}))

    assert "Der Text ist abgelehnt; der Umlauf ist zu Ende." in text
    assert (Journey.objects.count(), Decision.objects.count(), TrailEntry.objects.count()) == before


def test_sending_back_and_silence_can_be_played(signed_in):
    back = {**journeys.APPROVAL, "may_return_to": ["author", "review"]}
    silent = {**journeys.REVIEW, "silence": "consent"}
    route = journeys.route(silent, back)
    votes = {"vote-review-0": "silent", "vote-approval-0": "returned>review"}
    facts = {"parties": 0, "guests": 0, "attached": 0}

    text = text_of(signed_in(admin()).post(page_of(route), {**facts, **votes, "play": "1"}))

    assert "Er wartet in der Station „Fachprüfung“." in text


def test_other_facts_lay_out_other_participants(signed_in):
    route = Route.objects.present("agreement")
    facts = {"parties": 3, "guests": 0, "attached": 0, "facts": "1"}

    text = text_of(signed_in(admin()).post(page_of(route), facts))

    assert "Partei 3" in text
    assert "Partei 4" not in text


@pytest.mark.parametrize(
    "forged",
    [
        {"parties": "-1"},
        {"parties": "99999"},
        {"parties": "x"},
        {"vote-review-0": "silent"},
        {"vote-review-0": "returned>nowhere"},
        {"vote-review-0": "<script>"},
    ],
)
def test_a_forged_play_is_answered_on_the_page(signed_in, forged):
    route = journeys.route()
    facts = {"parties": 0, "guests": 0, "attached": 0, "play": "1"}

    response = signed_in(admin()).post(page_of(route), {**facts, **forged})

    assert response.status_code == 200
    assert '<script>"' not in text_of(response)
    assert "der Umlauf ist zu Ende" not in text_of(response)


def test_an_administrator_moves_a_journey_with_a_reason(signed_in):
    journeys.route()
    journey = journeys.before_approval()
    longer = {**journeys.REVIEW, "key": "opinion", "label": "Stellungnahme", "kind": "opinion"}
    route = journeys.route(journeys.REVIEW, longer, journeys.APPROVAL)
    words = {"place-review": "review", "place-approval": "approval", "reason": "Neue Regel."}

    response = signed_in(admin()).post(way_to(journey, route), words)

    journey = Journey.objects.get(pk=journey.pk)
    assert response.status_code == 302
    assert journey.route == route
    assert journey.open_stage.key == "opinion"
    moved = TrailEntry.objects.get(action="workflow.moved_to_version")
    assert moved.payload["reason"] == "Neue Regel."


def test_looking_at_the_form_moves_nothing(signed_in):
    journey = journeys.in_review()
    route = journeys.route(journeys.APPROVAL)

    response = signed_in(admin()).get(way_to(journey, route))

    assert response.status_code == 200
    assert Journey.objects.get(pk=journey.pk).route != route


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"place-review": "review", "reason": ""}, 400),
        ({"place-review": "nowhere", "reason": "Darum."}, 400),
        ({"place-review": "approval", "place-approval": "approval", "reason": "Darum."}, 409),
        ({"place-review": "", "place-approval": "approval", "reason": "Darum."}, 409),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(signed_in, words, status):
    journeys.route()
    journey = journeys.before_approval()
    route = journeys.route({**journeys.REVIEW, "key": "other"}, journeys.APPROVAL)

    response = signed_in(admin()).post(way_to(journey, route), words)

    assert response.status_code == status
    assert Journey.objects.get(pk=journey.pk).route != route


def test_only_administrators_move(signed_in):
    journey = journeys.in_review()
    route = journeys.route(journeys.APPROVAL)
    staff = account("Stefan Stab")
    staff.is_staff = True
    staff.save()

    for user in (alma(), bruno(), staff):
        words = {"place-approval": "approval", "reason": "Darum."}
        response = signed_in(user).post(way_to(journey, route), words)
        assert response.status_code in (302, 403)
        assert Journey.objects.get(pk=journey.pk).route != route


def test_an_ended_journey_is_not_moved(signed_in):
    journey = journeys.agreed()
    route = journeys.route(journeys.APPROVAL)

    assert signed_in(admin()).get(way_to(journey, route)).status_code == 404
