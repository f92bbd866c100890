"""The accession of a municipality, from its draft to the signature, through the doors."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.agreements.models import AccessionPage
from cms.core import outbox
from cms.documents.models import Attachment, File
from cms.networks.models import Membership
from tests.cms.agreements import papers
from tests.cms.networks.bodies import post
from tests.harness import canaries
from tests.people import PASSWORD, account, cem
from workflow import actions
from workflow.models import Decision, Journey, ReturnPoint

pytestmark = pytest.mark.django_db

# Stock Wagtail needs 54 and 94 for its one approval by one group.
A_DECISION = 60
THE_PUBLISHING_DECISION = 110
HIDDEN = re.compile(r'name="(participant|to)" value="([^"]*)"')


@pytest.fixture
def people() -> dict[str, User]:
    """Two in the office, one in the Referat, the acceding town's mayor; Cem is from elsewhere."""
    found = {
        "olga": account("Olga Otto", Role.OFFICE),
        "otis": account("Otis Ohm", Role.OFFICE),
        "rosa": account("Rosa Rademacher", Role.DIVISION),
        "mayor": account("Maja Mohn", Role.MEMBERS),
        "cem": cem(),
    }
    post(found["mayor"], papers.body("Seestadt"))
    post(found["cem"], papers.body("Bergstadt"))
    return found


@pytest.fixture
def page(people: dict[str, User]) -> AccessionPage:
    declaration = papers.published(papers.declaration())
    return papers.accession(declaration, owner=people["mayor"])


def submitted(page: AccessionPage, by: User) -> Journey:
    return actions.submit(subject=AccessionPage.objects.get(pk=page.pk), by=by)


def signed_in(user: User) -> Client:
    client = Client()
    assert client.login(username=user.email, password=PASSWORD)
    return client


def open_stage(journey: Journey) -> str:
    stage = Journey.objects.get(pk=journey.pk).open_stage
    return stage.key if stage else Journey.objects.get(pk=journey.pk).status


def send(journey: Journey, by: User, verb: str = "decide", **fields: Any) -> Any:
    """Open the journey's page and send an answer, also where the page offers no form for it."""
    client = signed_in(by)
    shown = client.get(journey.get_absolute_url()).content.decode()
    present = Journey.objects.get(pk=journey.pk)
    seen = {"stage": present.open_stage.pk, "seen_digest": present.content_digest}
    # The form of the answer comes first; returning has fields of the same names.
    hidden = dict(reversed(HIDDEN.findall(shown)))
    given = {"answer": "agreed", "comment": "", **seen, **hidden, **fields}
    return client.post(reverse(f"workflow:{verb}", args=[journey.pk]), given)


def test_a_request_goes_through_office_office_referat_and_signatory(page, people):
    journey = submitted(page, people["mayor"])

    way = [open_stage(journey)]
    for name in ("olga", "otis", "rosa", "mayor"):
        assert send(journey, people[name]).status_code == 302
        way.append(open_stage(journey))

    assert way == ["criteria", "office", "division", "signatory", "agreed"]
    assert AccessionPage.objects.get(pk=page.pk).live
    assert page.organisation.signatures.count() == 0
    assert not Membership.objects.filter(organisation=page.organisation).exists()


def test_what_has_been_agreed_on_is_said_plainly(page, people):
    journey = submitted(page, people["mayor"])
    for name in ("olga", "otis", "rosa", "mayor"):
        send(journey, people[name])

    shown = signed_in(people["mayor"]).get(page.url).content.decode()

    assert "Seestadt tritt der Erklärung „Gemeinsame Erklärung“ bei." in shown
    assert "Engagement ist Aufgabe aller Ämter." in shown
    assert "sobald dort ihre Unterschrift erfasst ist" in shown
    assert Client().get(page.url).status_code != 200


def test_neither_guests_nor_other_municipalities_get_a_word_of_it(page, people):
    words = {name: canaries.word() for name in ("title", "statement", "evidence", "resolution")}
    file = File.objects.create(
        title=words["evidence"], file=ContentFile(words["evidence"].encode(), "beleg.txt")
    )
    secret = {"text": words["statement"], "evidence": file.pk}
    request = papers.accession(
        page.declaration_page(), "Seestadt", title=words["title"],
        resolution=words["resolution"], owner=people["mayor"],
        said=papers.said(commitment=secret), attachments=[Attachment(file=file)],
    )  # fmt: skip
    journey = submitted(request, people["mayor"])
    addresses = doors(request, journey, file, words)

    before = [canaries.sweep(client, addresses, words) for client in strangers(people)]
    for name in ("olga", "otis", "rosa", "mayor"):
        send(journey, people[name])
    outbox.drain(kinds=["documents.read_text", "search.entry"])
    after = [canaries.sweep(client, addresses, words) for client in strangers(people)]
    found = {leak.field for leak in canaries.sweep(signed_in(people["mayor"]), addresses, words)}

    assert before == after == [[], []]
    assert found == set(words)


def test_what_an_answer_costs_does_not_depend_on_the_number_of_criteria(page, people):
    few = costs_of_answers(with_criteria(3, page, people), people)
    many = costs_of_answers(with_criteria(15, page, people), people)

    assert many[:-1] == few[:-1]
    assert max(many[:-1]) <= A_DECISION
    assert many[-1] == few[-1] <= THE_PUBLISHING_DECISION


def with_criteria(number: int, page: AccessionPage, people: dict[str, User]) -> Journey:
    """Submit a request that answers so many criteria, each with a file as evidence."""
    texts = {f"k-{one}": f"Merkmal {one}." for one in range(number)}
    files = [File.objects.create(title=key, file=ContentFile(b"x", "x.txt")) for key in texts]
    said = {
        key: {"answer": "met", "text": "Der Rat hat es beschlossen.", "evidence": file.pk}
        for key, file in zip(texts, files, strict=True)
    }
    request = papers.accession(
        page.declaration_page(), f"Dorf {number}", owner=people["mayor"], said=said,
        criteria_list=papers.criteria(number, texts),
        attachments=[Attachment(file=file) for file in files],
    )  # fmt: skip
    post(people["mayor"], request.organisation)
    return submitted(request, people["mayor"])


def costs_of_answers(journey: Journey, people: dict[str, User]) -> list[int]:
    found = []
    for name in ("olga", "otis", "rosa", "mayor"):
        present = Journey.objects.get(pk=journey.pk)
        with CaptureQueriesContext(connection) as captured:
            actions.decide(
                stage=present.open_stage, by=people[name], answer="agreed",
                seen_digest=present.content_digest,
            )  # fmt: skip
        found.append(len(captured))
    return found


def strangers(people: dict[str, User]) -> list[Client]:
    """A guest, and somebody from another municipality."""
    return [Client(), signed_in(people["cem"])]


def doors(page: AccessionPage, journey: Journey, file: File, words: dict[str, str]) -> list[str]:
    """Where the request could be met: its own doors, its neighbours' pages, the search."""
    names = ("review", "preview", "pdf")
    return [
        page.get_url(), page.declaration_page().url, file.url, reverse("desk"),
        reverse("organisation", args=[page.organisation_id]),
        *(reverse(f"workflow:{name}", args=[journey.pk]) for name in names),
        *(f"/suche/?q={word}" for word in words.values()),
        "/suche/?q=Beitritt",
    ]  # fmt: skip


def test_the_check_ties_its_point_to_one_criterion_and_the_request_comes_back(page, people):
    journey = submitted(page, people["mayor"])
    place = "statements:recognition"

    send(journey, people["olga"], "return", comment="Fast vollständig.", place=[place],
         point=["Bitte die Satzung beilegen."])  # fmt: skip
    point = ReturnPoint.objects.get()
    draft = AccessionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.resolution = "Ratsbeschluss vom 18. Juni"
    draft.save_revision(user=people["mayor"])
    client = signed_in(people["mayor"])
    client.post(
        reverse("workflow:settle", args=[journey.pk, point.pk]), {"state": "done", "note": "Liegt."}
    )
    client.post(reverse("workflow:resubmit", args=[journey.pk]))

    assert (point.place, point.text) == (place, "Bitte die Satzung beilegen.")
    assert point.place_label.startswith("Angaben zu den Kriterien, ")
    assert papers.CRITERIA["recognition"] in point.place_label
    assert open_stage(journey) == "criteria"


def test_who_checked_the_criteria_does_not_review_for_the_office(page, people):
    journey = submitted(page, people["mayor"])
    send(journey, people["olga"])

    again = send(journey, people["olga"])
    another = send(journey, people["otis"])

    assert again.status_code == 409
    assert another.status_code == 302
    assert list(Decision.objects.order_by("pk").values_list("decided_by", flat=True)) == [
        people["olga"].pk, people["otis"].pk
    ]  # fmt: skip


def test_the_signatory_of_another_municipality_is_refused(page, people):
    journey = submitted(page, people["mayor"])
    for name in ("olga", "otis", "rosa"):
        send(journey, people[name])

    foreign = send(journey, people["cem"])
    refused = open_stage(journey)
    post(people["cem"], papers.body("Seestadt"))
    own = send(journey, people["cem"])

    assert foreign.status_code == 404
    assert refused == "signatory"
    assert own.status_code == 302
    assert open_stage(journey) == "agreed"


def test_who_wrote_the_request_in_the_office_does_not_check_it(page, people):
    """Red without “editors” in the route: whoever helped to write would check their own words."""
    draft = AccessionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.resolution = "Ratsbeschluss vom 18. Juni"
    draft.save_revision(user=people["olga"])
    journey = submitted(page, people["mayor"])

    assert send(journey, people["olga"]).status_code == 409
    assert send(journey, people["otis"]).status_code == 302
