"""Archive documents: read by whom they are for, edited by nobody."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from cms.archive.models import ArchiveBody, ArchiveFile, ArchivePaper
from cms.core import kernel
from cms.core.kernel import Verb
from cms.documents.models import File
from search import sources
from search.sources import key_for
from tests import people
from tests.cms.archive.oparl import (
    SITE,
    consultation,
    council,
    file,
    imported,
    lines,
    meeting,
    paper,
)
from tests.cms.documents.test_serving import signed_in
from tests.cms.networks.bodies import body, join, post

pytestmark = pytest.mark.django_db


def entry_of(found: ArchivePaper):
    key = key_for(found)
    return sources.source_of(key).entry(key)


def kept(tmp_path: Path, *more: str, **changes: object) -> ArchivePaper:
    """One imported paper with all its ties."""
    ties = {
        "paperType": "Antrag",
        "auxiliaryFile": [file(1, "Zwei Zeilen.\n\nUnd <b>drei</b>."), file(2)],
        "consultation": [consultation(1, 1)],
    }
    things = [paper(**{**ties, **changes}), council(1), meeting(1)]
    imported(lines(tmp_path / "all.jsonl", *things), *more)
    return ArchivePaper.objects.get(reference_number="2020/1")


def for_members(tmp_path: Path, **changes: object) -> tuple[ArchivePaper, Client]:
    """A paper for the members of a network, and one of them."""
    network, town = body("Netz", "network"), body("Seestadt")
    join(network, town)
    post(people.cem(), town)
    found = kept(tmp_path, "--audience", "members", "--network", "netz", **changes)
    return found, signed_in(people.cem())


def test_the_page_shows_facts_consultations_and_files(client: Client, tmp_path: Path) -> None:
    found = kept(tmp_path)

    page = client.get(found.get_absolute_url()).content.decode()

    for shown in ("Vorlage 1", "2020/1", "Antrag", "7. Mai 2020", "12. Sitzung", "Vorberatung"):
        assert shown in page
    assert "rat.example.org" in page
    assert reverse("archive_text", args=[found.pk, 1]) in page
    assert "https://rat.example.org/dateien/2.pdf" in page


def test_the_text_of_a_file_is_shown_as_text(client: Client, tmp_path: Path) -> None:
    found = kept(tmp_path)

    page = client.get(found.files.get(number=1).url).content.decode()
    empty = client.get(found.files.get(number=2).url).content.decode()

    assert escape("<b>drei</b>") in page
    assert "<b>drei</b>" not in page
    assert "keinen Text" in empty


def test_a_paper_for_members_exists_for_members_only(tmp_path: Path) -> None:
    found, member = for_members(tmp_path)
    addresses = [found.get_absolute_url(), found.files.get(number=1).url]

    for address in addresses:
        assert Client().get(address).status_code == 404
        assert signed_in(people.account("Dora Dorn")).get(address).status_code == 404
        assert member.get(address).status_code == 200
        assert signed_in(people.alma()).get(address).status_code == 200


def test_search_is_offered_the_same_audience_and_trims_again(tmp_path: Path) -> None:
    found, _ = for_members(tmp_path)
    key = key_for(found)
    source = sources.source_of(key)

    assert entry_of(found).tokens == found.audience_tokens()
    assert source.visible_keys(people.cem(), [key]) == {key}
    assert source.visible_keys(people.account("Dora Dorn"), [key]) == set()


def test_related_papers_are_named_to_whoever_may_see_them(tmp_path: Path) -> None:
    imported(lines(tmp_path / "other.jsonl", paper(2, name="Interne Vorlage")), "--audience=office")
    found = kept(tmp_path, subordinatedPaper=[f"{SITE}/paper/2"])

    as_guest = Client().get(found.get_absolute_url()).content.decode()
    in_the_office = signed_in(people.alma()).get(found.get_absolute_url()).content.decode()

    assert "Interne Vorlage" not in as_guest
    assert "Interne Vorlage" in in_the_office


def test_a_chosen_body_is_named_to_whoever_may_see_one_of_its_papers(tmp_path: Path) -> None:
    found, _ = for_members(tmp_path)
    body = ArchiveBody.objects.create(source="test", source_id="b", name="Geheimer Ausschuss")
    found.originators.add(body)
    identity = f"archive-{body.pk}"

    assert sources.name_of_organisation(identity, people.cem()) == "Geheimer Ausschuss"
    assert sources.name_of_organisation(identity, people.account("Dora Dorn")) == ""
    assert sources.name_of_organisation(identity, AnonymousUser()) == ""


def test_it_is_found_by_its_files_bodies_and_date(tmp_path: Path) -> None:
    entry = entry_of(kept(tmp_path))

    assert [(one.name, one.numbered) for one in entry.files] == [
        ("Anlage 1", False),
        ("Anlage 2", False),
    ]
    assert [name for _, name in entry.organisations] == ["Gemeinderat"]
    assert (entry.when.year, entry.source_id, entry.kind) == (2020, f"{SITE}/paper/1", "archive")


def test_nobody_may_edit_it_not_even_the_administration(tmp_path: Path) -> None:
    found = kept(tmp_path)

    for person in (people.alma(), people.admin()):
        assert kernel.check(person, Verb.VIEW, found)
        assert not kernel.check(person, Verb.EDIT, found)


def test_the_office_looks_at_it_in_the_admin_and_cannot_change_it(tmp_path: Path) -> None:
    found = kept(tmp_path)

    for person in (people.alma(), people.admin()):
        office = signed_in(person)
        listed = office.get(reverse("archive:index"))
        assert "Vorlage 1" in listed.content.decode()
        assert office.get(reverse("archive:inspect", args=[found.pk])).status_code == 200
        for door, arguments in (("add", []), ("edit", [found.pk]), ("delete", [found.pk])):
            answer = office.post(reverse(f"archive:{door}", args=arguments), {"title": "Anders"})
            assert answer.status_code in (302, 403)
    found.refresh_from_db()
    assert found.title == "Vorlage 1"


def test_a_member_does_not_see_the_list_in_the_admin(tmp_path: Path) -> None:
    kept(tmp_path)

    answer = signed_in(people.cem()).get(reverse("archive:index"), follow=True)

    assert "Vorlage 1" not in answer.content.decode()


def test_a_file_that_is_kept_here_follows_its_paper(tmp_path: Path) -> None:
    found, member = for_members(tmp_path)
    upload = File(title="Plan", file=ContentFile(b"Nur unter uns", name="plan.txt"))
    upload.save()
    ArchiveFile.objects.create(paper=found, number=9, name="Plan", file=upload)

    assert Client().get(upload.url).status_code == 404
    assert member.get(upload.url).status_code == 200


def test_the_page_costs_the_same_for_two_files_and_for_twenty(
    client: Client, tmp_path: Path
) -> None:
    def cost(number: int) -> int:
        many = [file(n, "x") for n in range(number)]
        ties = [consultation(1, 1) for _ in range(number)]
        found = kept(tmp_path, auxiliaryFile=many, consultation=ties)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(found.get_absolute_url()).status_code == 200
        return len(captured)

    cost(1)

    assert cost(2) == cost(20)


def test_twenty_papers_are_read_for_the_index_with_the_queries_of_two(tmp_path: Path) -> None:
    def cost(name: str, numbers: range) -> int:
        ties = {"auxiliaryFile": [file(1, "x")], "consultation": [consultation(1, 1)]}
        imported(lines(tmp_path / name, *(paper(n, **ties) for n in numbers)))
        found = ArchivePaper.objects.filter(reference_number__in=[f"2020/{n}" for n in numbers])
        keys = [key_for(one) for one in found]
        with CaptureQueriesContext(connection) as captured:
            assert len(sources.source_of(keys[0]).entries(keys)) == len(numbers)
        return len(captured)

    assert cost("a.jsonl", range(10, 12)) == cost("b.jsonl", range(20, 40))


def test_a_question_names_a_committee(tmp_path: Path):
    kept(tmp_path)
    committee = ArchiveBody.objects.get()

    (identity,) = sources.organisations_called(committee.name.upper())

    assert identity == f"archive-{committee.pk}"
    assert sources.name_of_organisation(identity, people.cem()) == committee.name
    assert sources.name_of_organisation("archive-0", people.cem()) == ""
