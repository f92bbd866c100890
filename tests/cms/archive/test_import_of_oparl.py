"""A council's archive comes in: once, as it is, and whatever is odd in it is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.archive.importing import jsonfiles, storing
from cms.archive.models import ArchiveBody, ArchiveMeeting, ArchivePaper
from cms.core import outbox
from cms.core.commands import Failed, WrongCall
from cms.core.models import OutboxRow
from search import indexing
from tests.cms.archive.oparl import (
    SITE,
    consultation,
    council,
    file,
    imported,
    lines,
    meeting,
    paper,
    thing,
)
from tests.cms.networks.bodies import body

pytestmark = pytest.mark.django_db

NEW = {"new": 1}
UNCHANGED = {"unchanged": 1}


def waiting() -> list[str]:
    """What the worker still has to bring into the index."""
    rows = OutboxRow.objects.waiting().filter(kind=indexing.KIND)
    return list(rows.values_list("key", flat=True))


def test_a_paper_comes_in_with_everything_that_is_known_of_it(tmp_path: Path) -> None:
    whole = paper(
        7,
        paperType="Antrag",
        mainFile=file(1, "Die Halle wird genutzt."),
        auxiliaryFile=[file(2)],
        consultation=[consultation(3, 4, authoritative=True)],
        underDirectionOf=[f"{SITE}/organization/5"],
        web="https://rat.example.org/vorlagen/7",
    )
    lines(tmp_path / "a.jsonl", whole, meeting(3, location=thing("Location", 1, room="Saal 2")))
    lines(tmp_path / "b.jsonl", council(4), council(5, "Amt für Hallen"))

    result, odd = imported(tmp_path)

    found = ArchivePaper.objects.get()
    one = found.consultations.get()
    assert (result["papers"], result["meetings"], result["bodies"]) == (NEW, NEW, {"new": 2})
    assert odd == []
    assert (found.title, found.reference_number, found.kind) == ("Vorlage 7", "2020/7", "Antrag")
    assert (found.dated.iso, found.origin, found.source) == (
        "2020-05-07", "imported", "rat.example.org",
    )  # fmt: skip
    assert found.source_id == f"{SITE}/paper/7"
    assert [body.name for body in found.directed_by.all()] == ["Amt für Hallen"]
    assert (one.meeting.name, one.meeting.place, one.role) == (
        "12. Sitzung",
        "Saal 2",
        "Vorberatung",
    )
    assert [body.name for body in one.bodies.all()] == ["Gemeinderat"]
    assert [(f.name, f.text) for f in found.files.all()] == [
        ("Anlage 1", "Die Halle wird genutzt."),
        ("Anlage 2", ""),
    ]


@pytest.mark.parametrize("name", ["papers.jsonl", "papers.jsonl.gz", "papers.ndjson"])
def test_lines_are_read_plain_and_zipped(tmp_path: Path, name: str) -> None:
    imported(lines(tmp_path / name, paper(1), "", paper(2)))

    assert ArchivePaper.objects.count() == 2


@pytest.mark.parametrize(
    "shape",
    [
        lambda things: things,
        lambda things: {"data": things, "pagination": {"totalElements": 2}},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_lists_and_pages_of_lists_are_read(tmp_path: Path, shape: Any, indent: int | None) -> None:
    path = tmp_path / "papers.json"
    path.write_text(json.dumps(shape([paper(1), paper(2)]), indent=indent), encoding="utf-8-sig")

    imported(path)

    assert ArchivePaper.objects.count() == 2


@pytest.mark.parametrize("indent", [None, 2])
def test_a_single_object_is_read(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "paper.json"
    path.write_text(json.dumps(paper(1), indent=indent))

    imported(path)

    assert ArchivePaper.objects.count() == 1


def test_a_list_is_read_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonfiles, "_CHUNK", 16)
    path = tmp_path / "papers.json"
    path.write_text(json.dumps([paper(n, name="ä" * 40) for n in range(1, 6)], indent=1))

    found = list(jsonfiles.objects_in(path))

    assert [one.value["reference"] for one in found] == [f"2020/{n}" for n in range(1, 6)]
    assert [one.place for one in found][:2] == ["papers.json, line 2", "papers.json, line 9"]


def test_the_second_import_writes_nothing(tmp_path: Path) -> None:
    everything = [council(), meeting(), paper(consultation=[consultation(1, 1)])]
    path = lines(tmp_path / "all.jsonl", *everything)
    imported(path)
    before = (ArchivePaper.objects.get().imported_at, OutboxRow.objects.count())

    result, _ = imported(path)

    assert (result["papers"], result["meetings"], result["bodies"]) == (UNCHANGED,) * 3
    assert (ArchivePaper.objects.get().imported_at, OutboxRow.objects.count()) == before


def test_a_changed_paper_is_written_again_and_keeps_its_address(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    imported(lines(path, paper(auxiliaryFile=[file(1, "alt"), file(2)])))
    address = ArchivePaper.objects.get().get_absolute_url()

    result, _ = imported(lines(path, paper(name="Neu", auxiliaryFile=[file(1, "neu")])))

    found = ArchivePaper.objects.get()
    assert result["papers"] == {"changed": 1}
    assert (found.title, found.get_absolute_url()) == ("Neu", address)
    assert [one.text for one in found.files.all()] == ["neu"]


def test_an_import_that_was_killed_goes_on_where_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_BATCH", 2)
    path = lines(tmp_path / "papers.jsonl", *(paper(n) for n in range(1, 6)))
    real, batches = storing.Store.flush, []

    def killed_in_the_second_batch(store: storing.Store) -> None:
        batches.append(1)
        if len(batches) == 2:
            raise KeyboardInterrupt
        real(store)

    monkeypatch.setattr(storing.Store, "flush", killed_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        imported(path)
    monkeypatch.setattr(storing.Store, "flush", real)
    written = ArchivePaper.objects.count()

    result, _ = imported(path)

    assert (written, result["papers"]) == (2, {"unchanged": 2, "new": 3})


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = lines(tmp_path / "papers.jsonl", paper(1), council(), paper(2))

    result, _ = imported(path, "--dry-run")

    assert (result["papers"], result["bodies"]) == ({"new": 2}, NEW)
    assert not ArchivePaper.objects.exists()
    assert not ArchiveBody.objects.exists()
    assert not waiting()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x", ', "broken JSON"),
        ('"only a text"', "not an object"),
        (json.dumps({"id": f"{SITE}/paper/9"}), "no known type"),
        (json.dumps({**paper(9), "type": "https://schema.oparl.org/1.1/Pancake"}), "no known type"),
        (json.dumps({**paper(9), "id": ""}), "no id"),
        (json.dumps({**paper(9), "id": 9}), "no id"),
        (json.dumps(paper(9, id="https://rat.example.org/" + "x" * 500)), "more than 500"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line_and_ends_nothing(
    tmp_path: Path, line: str, reason: str
) -> None:
    result, odd = imported(lines(tmp_path / "papers.jsonl", paper(1), line, paper(2)))

    assert ArchivePaper.objects.count() == 2
    assert result["odd"]
    assert any(one.startswith("papers.jsonl, line 2: ") and reason in one for one in odd)


@pytest.mark.parametrize(
    ("odd_part", "reason", "kept"),
    [
        ({"date": "2020-02-31"}, "broken date", ("dated", "")),
        ({"date": "kürzlich"}, "broken date", ("dated", "")),
        ({"name": ""}, "no name", ("title", "")),
        ({"name": ["a"]}, "name is no text", ("title", "")),
        ({"reference": "9" * 90}, "reference is cut", ("reference_number", "9" * 80)),
        ({"web": "javascript:alert(1)"}, "web is no web address", ("web", "")),
        ({"web": "http://[broken"}, "web is no web address", ("web", "")),
        ({"mainFile": f"{SITE}/file/1"}, "mainFile is not embedded", ("title", "Vorlage 9")),
        ({"underDirectionOf": [4]}, "underDirectionOf names no object", ("title", "Vorlage 9")),
    ],
)
def test_what_is_odd_in_a_paper_is_told_and_stays_unknown(
    tmp_path: Path, odd_part: dict[str, Any], reason: str, kept: tuple[str, str]
) -> None:
    _, odd = imported(lines(tmp_path / "papers.jsonl", paper(9, **odd_part)))

    found = getattr(ArchivePaper.objects.get(), kept[0])
    assert getattr(found, "iso", found) == kept[1]
    assert any(one.startswith(f"papers.jsonl, line 1: {reason}") for one in odd)


def test_a_date_may_be_as_vague_as_its_source(tmp_path: Path) -> None:
    vague = [paper(1, date="1998"), paper(2, date="1998-03"), paper(3, date="1998-03-02T10:00:00Z")]

    _, odd = imported(lines(tmp_path / "papers.jsonl", *vague))

    dates = ArchivePaper.objects.order_by("pk").values_list("dated", flat=True)
    assert [one.iso for one in dates] == ["1998", "1998-03", "1998-03-02"]
    assert odd == []


def test_characters_that_no_database_takes_are_replaced(tmp_path: Path) -> None:
    broken = paper(1, name="Halle\0 \ud800", auxiliaryFile=[file(1, "a\0b\udc00")])

    imported(lines(tmp_path / "papers.jsonl", broken))

    found = ArchivePaper.objects.get()
    assert (found.title, found.files.get().text) == ("Halle ?", "ab?")


def test_a_paper_without_a_name_is_called_by_its_reference_number(tmp_path: Path) -> None:
    nameless = paper(1)
    del nameless["name"]

    imported(lines(tmp_path / "papers.jsonl", nameless))

    assert str(ArchivePaper.objects.get()) == "2020/1"


def test_a_file_that_ends_in_the_middle_is_told_and_the_next_one_is_read(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl.gz", *(paper(n, name="x" * n) for n in range(1, 200)))
    half = (tmp_path / "a.jsonl.gz").read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(half[: len(half) // 2])
    (tmp_path / "b.json").write_text(json.dumps([paper(500)])[:-20])
    lines(tmp_path / "c.jsonl", paper(1000))

    _, odd = imported(tmp_path)

    assert ArchivePaper.objects.filter(reference_number="2020/1000").exists()
    assert [one.partition(":")[0] for one in odd] == ["a.jsonl.gz", "b.json, line 1"]


def test_an_object_that_is_too_long_is_told_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonfiles, "LARGEST", 400)
    path = lines(tmp_path / "papers.jsonl", paper(1), paper(2, name="x" * 4000), paper(3))

    _, odd = imported(path)

    assert list(ArchivePaper.objects.values_list("title", flat=True)) == ["Vorlage 1", "Vorlage 3"]
    assert [one.partition(":")[0] for one in odd] == ["papers.jsonl, line 2"]


def test_kinds_that_are_no_record_of_their_own_are_counted(tmp_path: Path) -> None:
    result, odd = imported(lines(tmp_path / "x.jsonl", thing("Person", 1), thing("Person", 2)))

    assert (result["left_out"], odd) == ({"Person": 2}, [])


def test_strict_ends_with_a_failure_when_something_was_odd(tmp_path: Path) -> None:
    path = lines(tmp_path / "papers.jsonl", paper(1), "{")

    with pytest.raises(Failed, match="1 things were odd"):
        imported(path, "--strict")

    assert ArchivePaper.objects.count() == 1


def test_what_the_source_has_deleted_leaves_the_archive_and_the_index(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    imported(lines(path, paper(1), paper(2)))
    key = f"archive.archivepaper:{ArchivePaper.objects.get(reference_number='2020/1').pk}"
    outbox.drain(kinds=[indexing.KIND])

    result, odd = imported(lines(path, {**thing("Paper", 1), "deleted": True}))
    unknown, _ = imported(lines(path, {**thing("Paper", 77), "deleted": True}))

    assert (result["papers"], unknown["papers"], odd) == ({"deleted": 1}, {}, [])
    assert list(ArchivePaper.objects.values_list("title", flat=True)) == ["Vorlage 2"]
    assert waiting() == [key]


def test_a_body_that_is_named_before_it_comes_is_filled_in_later(tmp_path: Path) -> None:
    imported(lines(tmp_path / "papers.jsonl", paper(consultation=[consultation(1, 1)])))
    outbox.drain(kinds=[indexing.KIND])

    imported(lines(tmp_path / "rest.jsonl", council(1, "Bauausschuss"), meeting(1)))

    one = ArchivePaper.objects.get().consultations.get()
    assert one.bodies.get().name == "Bauausschuss"
    assert one.meeting.name == "12. Sitzung"
    assert ArchiveMeeting.objects.count() == 1
    # Its papers carry the name in the index.
    assert len(waiting()) == 1


def test_a_body_is_found_under_the_names_it_had(tmp_path: Path) -> None:
    path = tmp_path / "bodies.jsonl"
    imported(lines(path, council(1, "Hochbauamt")))
    imported(lines(path, council(1, "Amt für Hochbau")))
    imported(lines(path, council(1, "Amt für Gebäude")))

    found = ArchiveBody.objects.get()

    assert found.all_names == ["Amt für Gebäude", "Amt für Hochbau", "Hochbauamt"]


def test_an_import_is_for_everybody_unless_told_otherwise(tmp_path: Path) -> None:
    network = body("Netz", "network")
    path = lines(tmp_path / "papers.jsonl", paper())
    imported(path)
    public = ArchivePaper.objects.get().audience_tokens()

    result, _ = imported(path, "--audience", "members", "--network", "netz")

    assert public == {"public"}
    assert result["papers"] == {"changed": 1}
    assert ArchivePaper.objects.get().audience_tokens() == {f"network:{network.pk}", "office"}


@pytest.mark.parametrize(
    "wrong",
    [["--audience", "members"], ["--network", "netz"], ["--audience", "members", "--network", "x"]],
)
def test_members_of_no_network_are_a_wrong_call(tmp_path: Path, wrong: list[str]) -> None:
    with pytest.raises(WrongCall):
        call_command("import_oparl", str(lines(tmp_path / "a.jsonl", paper())), *wrong)


def test_a_path_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="nowhere"):
        call_command("import_oparl", str(tmp_path / "nowhere"))


def test_rebuild_makes_everything_findable_and_leaves_nothing_to_the_worker(
    tmp_path: Path,
) -> None:
    text = "Die Hallennutzung wird neu geregelt."
    path = lines(tmp_path / "papers.jsonl", paper(auxiliaryFile=[file(1, text)]))

    result, _ = imported(path, "--rebuild")

    assert result["indexed"] >= 1
    assert not waiting()
    found, _ = imported("Nutzung der Hallen", command="query")
    assert [hit["source_id"] for hit in found["hits"]] == [f"{SITE}/paper/1"]


def test_forty_papers_cost_no_more_queries_than_four(tmp_path: Path) -> None:
    def cost(name: str, numbers: range) -> int:
        ties = {"consultation": [consultation(1, 1)], "auxiliaryFile": [file(1, "x")]}
        path = lines(tmp_path / name, *(paper(n, **ties) for n in numbers))
        with CaptureQueriesContext(connection) as captured:
            imported(path)
        return len(captured)

    cost("a.jsonl", range(1))

    assert cost("b.jsonl", range(10, 14)) == cost("c.jsonl", range(20, 60))
