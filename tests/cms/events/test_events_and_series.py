"""What an event takes from its series, and what its page is given."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from cms.core.values import FuzzyDate
from cms.events.models import EventPage, SeriesPartner
from cms.events.rules import EventState, ProgrammeState, RegistrationState, Situation
from tests.cms.agreements import papers
from tests.cms.events import papers as events
from tests.people import PASSWORD, admin, cem

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def complaints(record):
    with translation.override("de"), pytest.raises(ValidationError) as caught:
        record.full_clean()
    return {name: sentences[0] for name, sentences in caught.value.message_dict.items()}


def ahead(days=30):
    return FuzzyDate.day(timezone.localdate() + timedelta(days=days))


def test_an_event_takes_both_states_and_the_host_from_its_series():
    host = papers.body("Musterstiftung", "foundation")
    series = events.series(programme_state="draft", registration_state="open", host=host)

    page = events.event(series)

    assert page.present_programme_state is ProgrammeState.DRAFT
    assert page.present_registration_state is RegistrationState.OPEN
    assert page.present_host == host


def test_an_event_with_a_word_of_its_own_keeps_it():
    page = events.event(events.series(registration_state="open"), registration_state="closed")

    assert page.present_registration_state is RegistrationState.CLOSED


def test_an_event_without_a_series_has_neither_programme_nor_registration():
    page = events.event()

    assert page.series is None
    assert page.present_programme_state is ProgrammeState.NONE
    assert page.present_registration_state is RegistrationState.NOT_PLANNED


def test_the_date_comes_from_the_beginning_on_the_spot():
    late = datetime(2021, 4, 28, 0, 30, tzinfo=BERLIN)
    page = events.event(takes_place_on=FuzzyDate.of_year(2021), starts_at=late)

    page.full_clean()

    assert page.takes_place_on.iso == "2021-04-28"


def test_a_date_and_a_beginning_that_disagree_are_refused():
    page = events.event(
        takes_place_on=FuzzyDate.parse("29.04.2021"),
        starts_at=datetime(2021, 4, 28, 14, tzinfo=BERLIN),
    )

    assert complaints(page) == {
        "takes_place_on": "Das Datum und der Beginn nennen verschiedene Tage."
    }


def test_a_wrong_weekday_is_refused_with_a_clear_message():
    page = events.event(stated_weekday=3)

    assert complaints(page) == {
        "stated_weekday": "Das Datum fällt nicht auf den angegebenen Wochentag."
        " Bitte prüfen Sie, was von beidem stimmt."
    }


def test_an_end_before_the_beginning_is_refused():
    start = datetime(2021, 4, 28, 17, tzinfo=BERLIN)
    page = events.event(starts_at=start, ends_at=start - timedelta(hours=3))

    assert complaints(page) == {"ends_at": "Die Veranstaltung endet, bevor sie beginnt."}


def test_what_is_cancelled_in_public_does_not_come_back():
    """Red without the way of an event in its rules."""
    page = events.event(state="cancelled", state_reason="Zu wenige Anmeldungen.")
    page.origin = "made_here"
    page.save()
    page = papers.published(page)
    page.state = "announced"

    assert "state" in complaints(page)


def test_an_unknown_time_zone_is_refused():
    assert "time_zone" in complaints(events.event(time_zone="Europe/Nirgends"))


def test_a_network_meeting_needs_its_network():
    assert "network" in complaints(events.event(kind="network_meeting"))


def test_a_number_twice_in_a_series_is_refused():
    series = events.series()
    events.event(series, number=1)

    assert "number" in complaints(events.event(series, title="Zweiter", number=1))


def test_an_event_counts_as_documented_once_its_documentation_is_public():
    page = events.event(state="held")
    record = events.documentation(page)
    assert page.present_state is EventState.HELD

    papers.published(record)

    assert EventPage.objects.get(pk=page.pk).present_state is EventState.DOCUMENTED


def test_a_documentation_for_fewer_readers_tells_the_others_nothing():
    page = events.event(state="held")
    papers.published(events.documentation(page, audience="office"))

    assert EventPage.objects.get(pk=page.pk).present_state is EventState.HELD


def test_something_is_ahead_for_a_series_while_one_event_is():
    series = events.series()
    past = events.event(series, title="Eins", state="held")
    future = events.event(series, title="Drei", takes_place_on=ahead())

    assert series.situation([past, future]) is Situation.AHEAD
    assert series.situation([past]) is Situation.OVER


def test_a_series_page_is_given_visible_events_partners_and_the_sentence():
    series = events.series(programme_state="pending", announce_at="Website des Programms")
    series.partners = [SeriesPartner(organisation=papers.body("Musterinstitut", "institute"))]
    series.save()
    papers.published(events.event(series, takes_place_on=ahead()))
    papers.published(
        events.event(
            series, title="Intern", audience="members", network=papers.network(),
            takes_place_on=ahead(),
        )
    )  # fmt: skip

    with translation.override("de"):
        context = series.get_context(papers.request(cem()))

    assert [event.title for event in context["events"]] == ["Auftakt"]
    assert [str(partner.organisation) for partner in context["partners"]] == ["Musterinstitut"]
    assert context["announcement"].startswith("Das Programm folgt;")
    assert context["announcement"].endswith("bekannt.")


def test_a_series_the_reader_may_not_see_is_not_named_by_its_events():
    """Red without asking the kernel for the series."""
    series = papers.published(events.series(audience="members", network=papers.network()))
    page = papers.published(events.event(series))

    assert page.get_context(papers.request())["series"] is None
    assert page.get_context(papers.request(papers.insider()))["series"] == series


def test_the_overview_parts_what_is_ahead_from_what_is_over():
    series = events.series()
    for title, on in (("Bald", ahead()), ("Früher", FuzzyDate.of_year(2019))):
        papers.published(events.event(series, title=title, takes_place_on=on))
    papers.published(events.event(title="Dieses Jahr", takes_place_on=this_year()))

    context = events.index().get_context(papers.request())

    assert [event.title for event in context["upcoming"]] == ["Dieses Jahr", "Bald"]
    assert [event.title for event in context["past"]] == ["Früher"]


def this_year():
    return FuzzyDate.of_year(timezone.localdate().year)


def test_the_overview_can_be_narrowed_to_a_kind():
    papers.published(events.event(title="Werkstatt", kind="workshop"))
    papers.published(events.event(title="Tagung", kind="conference"))

    context = events.index().get_context(papers.request(art="workshop"))

    assert [event.title for event in context["past"]] == ["Werkstatt"]
    assert context["kind"] == "workshop"


def test_the_overview_costs_the_same_for_two_events_and_for_ten(django_assert_num_queries):
    series = papers.published(events.series())
    page = events.index()

    def add(first, last):
        for number in range(first, last):
            papers.published(events.event(series, title=f"Termin {number}", number=number))
            papers.published(
                events.event(series, title=f"Ausblick {number}", takes_place_on=ahead(number))
            )

    def read():
        context = page.get_context(papers.request())
        for event in [*context["upcoming"], *context["past"]]:
            assert event.announcement

    add(1, 3)
    read()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        read()
    add(3, 8)
    with django_assert_num_queries(len(few)):
        read()


@pytest.mark.parametrize("model", ["eventseriespage", "eventpage"])
def test_the_form_for_a_new_page_opens(client, model):
    client.login(username=admin().email, password=PASSWORD)

    response = client.get(
        reverse("wagtailadmin_pages:add", args=["events", model, events.index().pk])
    )

    assert response.status_code == 200
