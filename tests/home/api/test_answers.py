"""What the interface tells of papers, bodies and series, and how lists are read on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from cms.agreements.models import AgreementPage
from cms.archive.models import ArchivePaper
from cms.core.values import FuzzyDate
from cms.documents.models import Attachment, File, Reference
from cms.networks.models import OrganisationName
from cms.publications.models import PublicationPage
from search import rebuilding
from tests.cms.agreements.papers import body, published
from tests.cms.publications.papers import publication
from tests.face import papers as face
from tests.home.api import world
from tests.people import alma

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def told(address: str, **query: Any) -> Any:
    response = Client().get(f"/api/v1/{address}", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_every_paper_of_every_kind_is_told_with_all_that_its_page_shows() -> None:
    face.every_page()

    lines = told("papers", per_page=100)["papers"]
    whole = [Client().get(line["api_url"]).json() for line in lines]

    assert {one["kind"] for one in lines} == set(world.KINDS)
    for line, one in zip(lines, whole, strict=True):
        assert line.items() <= one.items()
        assert one["details"]["kind"] == one["kind"]
        assert Client().get(one["url"]).status_code == 200


def test_a_file_is_told_with_address_size_and_digest() -> None:
    file = File(title="Anlage", file=ContentFile(b"Der Text.", name="anlage.txt"))
    file.save()
    page = publication("Leitfaden")
    page.attachments = [Attachment(file=file, licence="CC BY 4.0")]
    page.save_revision(user=alma())
    page = published(page)

    one = told(f"papers/publication-{page.pk}")["files"][0]

    assert (one["name"], one["size"], one["licence"]) == ("Anlage", 9, "CC BY 4.0")
    assert one["sha256"] == file.sha256
    served = Client().get(one["url"])
    assert b"".join(served.streaming_content) == b"Der Text."


def test_references_are_told_as_far_as_their_other_end_is_seen() -> None:
    one, _ = world.bodies()
    page, cited = published(publication("Leitfaden")), published(publication("Quelle"))
    secret = published(publication("Internes", audience="members", network=one))
    for other in (cited, secret, one):
        Reference.objects.create(from_record=page, kind="cites", to_record=other)

    as_guest = told(f"papers/publication-{page.pk}")["references"]
    from_there = told(f"papers/publication-{cited.pk}")["references"]

    assert [one["id"] for one in as_guest] == [f"publication-{cited.pk}", f"organisation-{one.pk}"]
    assert {(one["relation"], one["leads_here"]) for one in as_guest} == {("cites", False)}
    assert [(one["title"], one["leads_here"]) for one in from_there] == [("Leitfaden", True)]


def test_a_vague_date_stays_as_vague_as_it_is() -> None:
    for number, date in enumerate(["1995", "1995-03", "1995-03-14", ""]):
        published(publication(f"Heft {number}", published_on=FuzzyDate.parse(date)))

    lines = told("papers", kind="publication")["papers"]

    assert [one["date"] for one in lines] == ["1995", "1995-03", "1995-03-14", None]
    assert len(told("papers", year=1995)["papers"]) == 3


def test_an_agreement_without_the_day_it_was_concluded_counts_by_when_it_began() -> None:
    known = FuzzyDate.of_year(2001)
    for number, dates in enumerate(({"concluded_on": known}, {"effective_from": known}), start=1):
        published(world.papers.agreement(number, **dates))
    both = {"concluded_on": FuzzyDate.of_year(2000), "effective_from": known}
    published(world.papers.agreement(3, **both))

    in_2001 = told("papers", year=2001)["papers"]

    assert [one["date"] for one in in_2001] == ["2001", "2001"]


def test_a_body_is_told_with_all_its_dated_names() -> None:
    ministry = body("Sozialministerium", "ministry")
    OrganisationName.objects.create(
        organisation=ministry, name="Arbeitsministerium", ends=FuzzyDate.of_year(2011)
    )
    page = published(publication("Leitfaden"))
    page.editors.update(organisation=ministry)

    in_the_register = told(f"organisations/{ministry.pk}")["names"]
    on_the_paper = told(f"papers/publication-{page.pk}")["organisations"]

    assert [(one["name"], one["until"]) for one in in_the_register] == [
        ("Sozialministerium", None),
        ("Arbeitsministerium", "2011"),
    ]
    assert on_the_paper[0]["names"] == in_the_register
    assert told("papers", organisation=ministry.pk)["papers"][0]["id"] == f"publication-{page.pk}"


def test_papers_are_narrowed_by_every_body_that_they_name() -> None:
    """Who is told of with a paper leads back to it, archive documents included."""
    face.every_page()

    for line in told("papers", per_page=100)["papers"]:
        for named in line["organisations"]:
            found = told("papers", organisation=named["id"], per_page=100)["papers"]
            assert line["id"] in {one["id"] for one in found}, named


def test_papers_are_narrowed_by_series_and_kind() -> None:
    world.bodies()
    world.keep(0)
    world.keep(1, audience="public")

    for one in told("series")["series"]:
        papers = Client().get(one["papers_url"]).json()["papers"]
        assert papers
        assert {paper["series"] for paper in papers} == {one["id"]}
    kinds = {one["kind"] for one in told("papers", kind=["event", "archive"])["papers"]}
    assert kinds == {"event", "archive"}


def test_only_what_has_changed_since_is_asked_for() -> None:
    world.bodies()
    world.keep(0)
    moment = timezone.now()
    page = published(publication("Neu"))
    address = {"changed_since": moment.isoformat()}

    assert [one["id"] for one in told("papers", **address)["papers"]] == [f"publication-{page.pk}"]
    later = (moment + timedelta(days=1)).astimezone(UTC)
    assert told("papers", changed_since=later.isoformat())["papers"] == []
    assert told("papers", changed_since=f"{datetime.now(UTC):%Y-%m-%d}")["papers"] != []


def test_a_list_is_read_on_though_papers_come_and_go_meanwhile() -> None:
    for number in range(5):
        published(publication(f"Heft {number}"))
    first = told("papers", per_page=2)
    before = {one["id"] for one in first["papers"]}
    last = PublicationPage.objects.order_by("pk")[1]
    PublicationPage.objects.filter(pk=last.pk).update(live=False)
    published(world.papers.agreement(1))

    rest, address = [], first["next"]
    while address:
        part = Client().get(address).json()
        rest += [one["id"] for one in part["papers"]]
        address = part["next"]

    pages = PublicationPage.objects.order_by("pk").values_list("pk", flat=True)
    assert rest == [f"publication-{pk}" for pk in pages if f"publication-{pk}" not in before]
    # What came in before the place reached so far is found by the next reading.
    assert AgreementPage.objects.count() == 1


def test_search_answers_as_the_page_does() -> None:
    face.every_page()
    world.index()
    page = Client().get("/suche/", {"q": "Vereinbarung", "art": "agreement"})

    answer = told("search", q="Vereinbarung", kind="agreement", per_page=2)

    results = page.context["results"]
    assert answer["total"] == results.answer.total > 2
    keys = [hit.key.rpartition(":")[2] for hit in results.answer.hits]
    assert [hit["id"] for hit in answer["hits"]] == [f"agreement-{pk}" for pk in keys[:2]]
    facets = {
        facet.value: [(one.value, one.count, one.chosen) for one in values]
        for facet, values in results.answer.facets.items()
    }
    assert {
        facet: [(one["value"], one["count"], one["chosen"]) for one in values]
        for facet, values in answer["facets"].items()
    } == facets
    assert (
        Client().get(answer["links"]["for_people"]).context["results"].answer.total
        == (answer["total"])
    )


def test_search_marks_words_corrects_them_and_leads_on() -> None:
    face.every_page()
    world.index()

    answer = told("search", q="Vereinbahrung", per_page=1)

    assert [(one["typed"], one["used"]) for one in answer["corrections"]] == [
        ("Vereinbahrung", "Vereinbarung")
    ]
    hit = answer["hits"][0]
    texts = [(hit["title"], hit["title_marks"])]
    texts += [(one["text"], one["marks"]) for one in hit["passages"]]
    marked = {text[mark["start"] : mark["end"]] for text, marks in texts for mark in marks}
    assert any("ereinbarung" in word for word in marked)
    assert answer["links"]["previous"] is None
    following = Client().get(answer["links"]["next"]).json()
    assert following["hits"][0]["id"] != hit["id"]
    assert Client().get(following["links"]["previous"]).json()["hits"] == answer["hits"]


def test_every_hit_that_is_a_paper_leads_to_it() -> None:
    face.every_page()
    world.index()

    hits = told("search", per_page=100)["hits"]

    for hit in hits:
        if hit["api_url"]:
            one = Client().get(hit["api_url"]).json()
            assert one["id"] in (hit["id"], hit["id"].removeprefix("organisation-"))
        else:
            assert hit["kind"] in ("network", "programme", "page")


def test_a_permanent_address_leads_to_the_paper_once_it_is_indexed() -> None:
    published(publication("Leitfaden"))
    before = told("papers")["papers"][0]["permanent_url"]
    world.index()

    line, hit = told("papers")["papers"][0], told("search", q="Leitfaden")["hits"][0]

    assert before is None
    assert line["permanent_url"] == hit["permanent_url"]
    assert line["url"].endswith(Client().get(line["permanent_url"]).headers["Location"])


def test_field_words_narrow_as_they_do_on_the_page() -> None:
    world.bodies()
    world.keep(0)
    world.index()

    answer = told("search", q="Hallennutzung art:archiv")

    assert [hit["kind"] for hit in answer["hits"]] == ["archive"]
    assert ArchivePaper.objects.count() == 1


def test_an_answer_that_has_not_changed_is_not_sent_again() -> None:
    published(publication("Leitfaden"))
    first = Client().get("/api/v1/papers")

    again = Client().get("/api/v1/papers", headers={"if-none-match": first.headers["ETag"]})
    head = Client().head("/api/v1/papers")
    published(publication("Zweiter"))
    changed = Client().get("/api/v1/papers", headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.headers["ETag"]) == (200, first.headers["ETag"])
    assert changed.status_code == 200


def test_every_feed_that_is_named_tells_the_papers_of_its_list(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    face.every_page()
    rebuilding.rebuild(lambda told: None)
    everything, *by_kind = told("feeds")["feeds"]
    series = next(one for one in told("series")["series"] if told_in(one["papers_url"])["papers"])

    assert len(entries(everything["url"])) > 5
    assert {one["kind"] for one in by_kind} == set(world.KINDS)
    listed = {one["kind"] for one in told("papers", per_page=100)["papers"]}
    assert {one["kind"] for one in by_kind if entries(one["url"])} == listed
    papers = {one["title"] for one in told_in(series["papers_url"])["papers"]}
    assert {one.findtext(f"{ATOM}title") for one in entries(series["feed_url"])} & papers


def entries(address: str) -> list[Any]:
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def told_in(address: str) -> Any:
    return Client().get(address).json()
