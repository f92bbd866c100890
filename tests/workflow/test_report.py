"""The report on journeys: what is counted, for whom it is, and that nobody is counted in it."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from cms.accounts.grants import office_only
from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.core import kernel
from tests.people import account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from tests.stand_ins.models import Paper, PaperPage
from workflow import actions
from workflow.doors.report.figures import percentile, readable_journeys, report_for
from workflow.models import Stage

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/berichte/umlaeufe/"


@pytest.fixture(autouse=True)
def the_office_sees_the_stand_ins(monkeypatch):
    """The real papers' grant for the office, for the stand-in's page as well."""
    grant = kernel.Grant(frozenset({kernel.Verb.VIEW}), office_only, "office")
    monkeypatch.setitem(kernel._grants, PaperPage, [grant])


def office():
    return account("Olaf Ohm", Role.OFFICE)


def reviewed_within(title, days):
    """A paper that lay in review for some days and waits for its approval."""
    journey = journeys.before_approval(journeys.draft(title))
    stage = journey.stages.get(key="review")
    Stage.objects.filter(pk=stage.pk).update(opened_at=stage.closed_at - timedelta(days=days))
    return journey


def test_it_counts_what_is_on_its_way_and_where_it_waits():
    journeys.in_review()
    journeys.before_approval(journeys.draft("Zweite"))
    journeys.returned(journeys.draft("Dritte"))

    found = report_for(office())

    (kind,) = found.running
    assert (kind.running, kind.returned) == (2, 1)
    assert [(one.whom, one.stage, one.times) for one in found.waiting] == [
        ("Fachprüfung", "Fachprüfung", 1),
        ("Ministerium", "Zustimmung", 1),
    ]


def test_parties_are_counted_each_by_itself():
    journeys.route(journeys.BY_PARTIES, key="paper")
    for town in ("aldorf", "bedorf"):
        User.objects.create_user(f"wera@{town}.example", "x")
    actions.submit(subject=journeys.paper(towns="aldorf bedorf"), by=alma())

    waiting = report_for(alma()).waiting

    assert [(one.whom, one.times) for one in waiting] == [("Aldorf", 1), ("Bedorf", 1)]


def test_half_and_nine_in_ten_are_days_of_closed_stages():
    for number, days in enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]):
        reviewed_within(f"Nummer {number}", days)

    (review,) = report_for(office()).durations

    assert review.stage == "Fachprüfung"
    assert review.times == 10
    assert review.median == pytest.approx(5.5)
    assert review.nine_in_ten == pytest.approx(9)


@pytest.mark.parametrize(
    ("values", "expected"), [([1.0], 1.0), ([1.0, 2.0], 2.0), ([*range(1, 21)], 18)]
)
def test_nine_in_ten_is_the_smallest_value_that_holds_for_them(values, expected):
    assert percentile(values, 0.9) == expected


def test_what_is_long_overdue_or_undecidable_is_stuck():
    late = journeys.in_review(journeys.draft("Überfällig"))
    Stage.objects.filter(journey=late, status="open").update(
        due_at=timezone.now() - timedelta(days=15)
    )
    journeys.in_review(journeys.draft("Frist gerade vorbei"))
    journeys.before_approval(journeys.draft("Niemand da"))
    minister().groups.clear()

    found = {one.title: one.nobody_can_decide for one in report_for(office()).stuck}

    assert found == {"Überfällig": False, "Niemand da": True}


def test_nobodys_name_or_number_is_in_it(signed_in):
    names = {**journeys.REVIEW, "participants": [
        *journeys.REVIEW["participants"],
        {"kind": "person", "key": str(minister().pk), "label": "Mona Marquardt"},
        {"kind": "guests"},
    ]}  # fmt: skip
    journeys.route(names, journeys.APPROVAL)
    page = journeys.draft()
    page.guests = "gerda@anderswo.example"
    page.save_revision(user=alma())
    journey = journeys.in_review(page)
    actions.claim(stage=journeys.open_stage(journey), by=bruno())
    Stage.objects.filter(journey=journey, status="open").update(
        due_at=timezone.now() - timedelta(days=60)
    )
    reader = signed_in(office())

    page_text = reader.get(PAGE).content.decode().split("<main", 1)[-1]
    table = reader.get(f"{PAGE}?export=csv").content.decode()

    for text in (page_text, table):
        assert "Fachprüfung" in text
        assert "namentlich Beteiligte" in text
        assert "Gäste" in text
        for person in (alma(), bruno(), minister()):
            assert person.last_name not in text
            assert person.email not in text
        assert "Gerda" not in text
        assert "gerda" not in text


def test_what_the_reader_may_not_see_is_not_counted():
    journeys.in_review(journeys.draft("Nur im Haus"))

    assert readable_journeys(office()).count() == 1
    assert readable_journeys(cem()).count() == 0
    assert report_for(cem()).running == []
    assert report_for(cem()).waiting == []


def test_office_and_administrators_read_it_and_others_do_not(signed_in):
    assert signed_in(office()).get(PAGE).status_code == 200
    assert signed_in(admin()).get(PAGE).status_code == 200
    for person in (alma(), bruno(), minister(), cem()):
        assert signed_in(person).get(PAGE).status_code in (302, 403)


def test_it_stands_in_the_menu_of_those_who_may_read_it(signed_in):
    assert PAGE in signed_in(office()).get("/verwaltung/").content.decode()
    assert PAGE not in signed_in(bruno()).get("/verwaltung/").content.decode()


def test_the_table_opens_in_a_german_spreadsheet_and_holds_no_formula(signed_in):
    journey = journeys.in_review(journeys.draft("=HYPERLINK(1)"))
    Stage.objects.filter(journey=journey, status="open").update(
        due_at=timezone.now() - timedelta(days=60)
    )

    response = signed_in(office()).get(f"{PAGE}?export=csv")

    text = response.content.decode()
    assert response["Content-Type"].startswith("text/csv")
    assert text.startswith("\ufeffTeil;Was;Station;Anzahl")
    assert "'=HYPERLINK(1)" in text
    assert ";=HYPERLINK" not in text


def test_it_costs_the_same_for_few_and_for_many(django_assert_max_num_queries):
    reader = office()
    journeys.in_review()
    ContentType.objects.get_for_model(Paper)
    report_for(reader)
    # For each kind of paper the kernel asks who this is: two queries for each.
    with django_assert_max_num_queries(50) as few:
        report_for(reader)
    for number in range(6):
        reviewed_within(f"Nummer {number}", number)
        journeys.in_review(journeys.draft(f"Offen {number}"))

    with django_assert_max_num_queries(len(few)):
        found = report_for(reader)

    assert found.running[0].running == 13
