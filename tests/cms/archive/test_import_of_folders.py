"""A folder of files comes in: with what is said of them beside, or with nothing."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cms.archive.models import ArchivePaper
from cms.core import outbox
from cms.core.commands import Failed, WrongCall
from cms.documents import extraction
from cms.documents.models import Attachment, File
from search.sources import key_for, source_of
from tests.cms.archive import oparl
from tests.cms.documents.office import docx
from tests.cms.documents.test_uploads import pdf

pytestmark = pytest.mark.django_db


def imported(*arguments: Any) -> tuple[dict[str, Any], list[str]]:
    return oparl.imported(*arguments, command="import_documents")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files in a folder called Altakten."""
    root = tmp_path / "Altakten"
    (root / "1998").mkdir(parents=True)
    (root / "satzung.pdf").write_bytes(pdf("Erste Seite", "Hallennutzung auf Seite zwei"))
    (root / "1998" / "vermerk.docx").write_bytes(docx("Der Vermerk", header="Az. 7"))
    return root


def test_files_come_in_with_nothing_said_of_them(folder: Path) -> None:
    result, odd = imported(folder, "--kind", "Altakte")

    satzung = ArchivePaper.objects.get(title="satzung")
    assert (result["papers"], result["files"], odd) == ({"new": 2}, 2, [])
    assert (satzung.source, satzung.source_id, satzung.kind) == (
        "Altakten", "satzung.pdf", "Altakte",
    )  # fmt: skip
    assert not satzung.dated
    assert ArchivePaper.objects.get(title="vermerk").source_id == "1998/vermerk.docx"
    assert satzung.files.get().file.media_type == "application/pdf"


def test_their_texts_are_read_in_the_child_and_found_with_their_pages(folder: Path) -> None:
    imported(folder)
    satzung = ArchivePaper.objects.get(title="satzung")
    key = key_for(satzung)
    before = source_of(key).entry(key).files[0].pages

    assert outbox.drain(kinds=[extraction.KIND]).failed == 0

    (file,) = source_of(key).entry(key).files
    assert before == []
    assert "Hallennutzung" in file.pages[1]
    assert (file.numbered, file.url) == (True, satzung.files.get().file.url)
    # The index hears of the text that has been read.
    assert outbox.drain(kinds=["search.entry"]).done >= 3
    found, _ = oparl.imported("Nutzung der Halle", command="query")
    assert found["hits"][0]["passages"][0]["page"] == 2


def test_rebuild_reads_the_texts_at_once(folder: Path) -> None:
    imported(folder, "--rebuild")

    found, _ = oparl.imported("Vermerk", command="query")
    assert [hit["source_id"] for hit in found["hits"]] == ["1998/vermerk.docx"]
    assert set(File.objects.values_list("text_state", flat=True)) == {"read"}


@pytest.mark.parametrize("name", ["satzung.pdf.json", "satzung.json"])
def test_a_file_may_have_a_sidecar_of_its_own(folder: Path, name: str) -> None:
    said = {
        "title": "Hallensatzung", "date": "1998-03", "reference_number": "24-0141.5/12",
        "organisations": ["Rat", "Sportamt"], "kind": "Satzung", "id": "S-7",
    }  # fmt: skip
    (folder / name).write_text(json.dumps(said))

    result, odd = imported(folder)

    found = ArchivePaper.objects.get(title="Hallensatzung")
    assert (result["papers"], odd) == ({"new": 2}, [])
    assert (found.dated.iso, found.reference_number, found.source_id) == (
        "1998-03", "24-0141.5/12", "S-7",
    )  # fmt: skip
    assert [body.name for body in found.directed_by.all()] == ["Rat", "Sportamt"]


@pytest.mark.parametrize("between", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_folder_may_have_a_table(folder: Path, between: str, encoding: str) -> None:
    rows = [
        ["Datei", "Titel", "Datum", "Organisation"],
        ["satzung.pdf", "Größe der Hallen", "15.05.1998", "Rat|Sportamt"],
        ["1998\\vermerk.docx", "Vermerk über Hallen", "", ""],
    ]
    text = "\r\n".join(between.join(row) for row in rows)
    (folder / "metadata.csv").write_bytes(text.encode(encoding))

    _, odd = imported(folder)

    titles = set(ArchivePaper.objects.values_list("title", flat=True))
    assert (titles, odd) == ({"Größe der Hallen", "Vermerk über Hallen"}, [])
    assert ArchivePaper.objects.get(title="Größe der Hallen").dated.iso == "1998-05-15"


def test_the_second_import_writes_nothing_and_stores_no_file_again(folder: Path) -> None:
    imported(folder)
    before = set(File.objects.values_list("pk", flat=True))

    result, _ = imported(folder)

    assert result["papers"] == {"unchanged": 2}
    assert set(File.objects.values_list("pk", flat=True)) == before


def test_a_changed_file_takes_the_place_of_the_old_one(folder: Path) -> None:
    imported(folder)
    old = ArchivePaper.objects.get(title="satzung").files.get().file
    (folder / "satzung.pdf").write_bytes(pdf("Neue Fassung"))

    result, _ = imported(folder)

    new = ArchivePaper.objects.get(title="satzung").files.get().file
    assert result["papers"] == {"unchanged": 1, "changed": 1}
    assert new.sha256 != old.sha256
    assert not File.objects.filter(pk=old.pk).exists()


def test_a_replaced_file_that_hangs_on_a_page_stays(folder: Path) -> None:
    from tests.cms.publications.papers import publication

    imported(folder)
    old = ArchivePaper.objects.get(title="satzung").files.get().file
    Attachment.objects.create(page=publication("Mit Anlage"), file=old)
    (folder / "satzung.pdf").write_bytes(pdf("Neue Fassung"))

    imported(folder)

    assert File.objects.filter(pk=old.pk).exists()


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    result, _ = imported(folder, "--dry-run")

    assert result["papers"] == {"new": 2}
    assert not ArchivePaper.objects.exists()
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("programm.exe", b"MZ\x90\0", "nicht angenommen"),
        ("leer.pdf", b"", "leer"),
        ("kaputt.pdf", b"%PDF-1.4 cut off", "beschädigt"),
        ("falsch.docx", b"%PDF-1.4 x %%EOF", "passt nicht"),
        ("einzeln.json", b"{}", "nicht angenommen"),
        ("satzung.json", b"{broken", "broken JSON"),
        ("satzung.pdf.json", b'{"date": "31.02.1998"}', "broken date"),
        ("satzung.pdf.json", b'{"web": "javascript:alert(1)"}', "no web address"),
        ("metadata.csv", b"file;title\nnirgends.pdf;x\n", "not there"),
        ("satzung.pdf.json", b'{"web": "http://[broken"}', "no web address"),
        ("satzung.pdf.json", b"[1]", "no object"),
        ("metadata.json", b"{}", "no list"),
        ("metadata.json", b"[7]", "names no file"),
        ("metadata.csv", b"file;title\na.pdf;" + b"x" * 200_000, "cannot be read"),
        ("metadata.csv", b"file;title\n;x\n", "names no file"),
        ("metadata.csv", b"file;title\n../../etc/passwd;x\n", "leads out"),
    ],
)
def test_what_is_odd_is_told_with_its_place_and_ends_nothing(
    folder: Path, name: str, data: bytes, reason: str
) -> None:
    (folder / name).write_bytes(data)

    result, odd = imported(folder)

    assert ArchivePaper.objects.count() == 2
    assert len(odd) == 1
    assert reason in odd[0]
    assert sum(result["odd"].values()) == 1
    with pytest.raises(Failed):
        imported(folder, "--strict")


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    os.symlink(tmp_path / "geheim.txt", folder / "hier.txt")

    _, odd = imported(folder)

    assert odd == ["hier.txt: a link, not followed"]
    assert ArchivePaper.objects.count() == 2


def test_what_the_office_left_lying_about_is_no_document(folder: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("x")

    result, odd = imported(folder)

    assert (result["files"], odd) == (2, [])


def test_too_large_a_file_is_told(folder: Path, settings: Any) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 2**10

    _, odd = imported(folder)

    assert any("larger than" in one for one in odd)


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="nowhere"):
        call_command("import_documents", str(tmp_path / "nowhere"))


def test_single_files_come_in_with_what_is_said_of_them(folder: Path) -> None:
    (folder / "satzung.pdf.json").write_text(json.dumps({"title": "Hallensatzung"}))
    (folder / "metadata.csv").write_text("Datei;Titel\nnotiz.txt;Notiz über Hallen\nfehlt.pdf;x\n")
    (folder / "notiz.txt").write_text("Eine Notiz")

    result, odd = imported(folder / "satzung.pdf", folder / "notiz.txt")

    titles = set(ArchivePaper.objects.values_list("title", flat=True))
    assert (titles, result["files"], odd) == ({"Hallensatzung", "Notiz über Hallen"}, 2, [])
    assert set(ArchivePaper.objects.values_list("source", flat=True)) == {"Altakten"}


def test_a_single_file_is_the_same_paper_as_in_its_folder(folder: Path) -> None:
    imported(folder)

    result, odd = imported(folder / "satzung.pdf")

    # Nobody says of the others that they have gone: the folder was not looked at.
    assert (result["papers"], result["gone"], odd) == ({"unchanged": 1}, 0, [])


def test_what_has_gone_from_the_folder_is_told_and_stays(folder: Path) -> None:
    imported(folder)
    (folder / "1998" / "vermerk.docx").unlink()

    result, told = imported(folder)

    assert (result["gone"], result["odd"]) == (1, {})
    assert told == ["1998/vermerk.docx: no longer in the folder, stays in the archive"]
    assert ArchivePaper.objects.count() == 2


def test_what_cannot_be_read_has_not_gone(folder: Path) -> None:
    imported(folder)
    (folder / "satzung.pdf").write_bytes(b"")

    result, _ = imported(folder)

    assert (result["gone"], sum(result["odd"].values())) == (0, 1)


def test_of_one_source_in_two_folders_nothing_has_gone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "Neuakten"
    other.mkdir()
    (other / "neu.txt").write_text("Neu")

    imported(folder, other, "--source", "Ablage")
    result, told = imported(folder, other, "--source", "Ablage")

    assert (result["papers"], result["gone"], told) == ({"unchanged": 3}, 0, [])


def test_an_import_that_is_interrupted_leaves_no_file_without_a_paper(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cms.archive.importing import storing

    def killed(store: storing.Store) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(storing.Store, "flush", killed)
        with pytest.raises(KeyboardInterrupt):
            imported(folder)

    assert not File.objects.exists()
    result, _ = imported(folder)
    assert (result["papers"], File.objects.count()) == ({"new": 2}, 2)
