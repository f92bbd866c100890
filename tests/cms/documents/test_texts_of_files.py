"""The text of every kind of file that is taken in, read in the limited child process."""

import io
import stat
from pathlib import Path

import psutil
import pytest
import reportlab
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cms.core import outbox
from cms.core.models import OutboxRow
from cms.documents import extraction, rules
from cms.documents.models import File
from tests.cms.documents.office import docx, odp, ods, odt, pptx, xlsx, zipped
from tests.people import alma, cem

pytestmark = pytest.mark.django_db

# A font with umlauts that comes with what writes our PDF files.
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def text_of(data: bytes, name: str) -> list[str]:
    """Upload, read and return the pages' texts."""
    file = read(data, name)
    assert file.text_state == "read", (file.text_state, file.text_message)
    return [page.text for page in file.pages.all()]


def read(data: bytes, name: str) -> File:
    file = File(title="Upload", file=ContentFile(data, name=name))
    file.clean()
    file.save()
    outbox.drain(kinds=[extraction.KIND])
    file.refresh_from_db()
    return file


def scan(pages: int = 1, text: str = "") -> bytes:
    picture = io.BytesIO()
    Image.new("L", (60, 80), 255).save(picture, "PNG")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(120, 160))
    for _ in range(pages):
        canvas.drawImage(ImageReader(picture), 0, 0, 120, 160)
        canvas.drawString(10, 10, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def printed(lines: list[str]) -> bytes:
    """A scanned page: letters as dots, no text in the file."""
    page = Image.new("L", (1240, 1754), 255)
    font = ImageFont.truetype(VERA, 40)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((120, 200 + 90 * number), line, font=font, fill=0)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="geheim")
    canvas.drawString(72, 720, "Nur mit Kennwort")
    canvas.save()
    return out.getvalue()


def test_a_letter_is_read_with_header_footer_and_table() -> None:
    cell = "<w:tc><w:p><w:r><w:t>Zelle</w:t></w:r></w:p></w:tc>"
    gone = "<w:p><w:del><w:r><w:delText>gestrichen</w:delText></w:r></w:del></w:p>"

    letter = docx("Größe & Maß", header="Az. 24-0141.5/12", footer="Seite", raw=cell + gone)

    (text,) = text_of(letter, "brief.docx")

    assert text.splitlines() == ["Größe & Maß", "Zelle", "Seite", "Az. 24-0141.5/12"]


def test_what_a_fallback_says_again_is_read_once() -> None:
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    )

    (text,) = text_of(docx("Oben", raw=box), "brief.docx")

    assert text.splitlines() == ["Oben", "Kasten"]


def test_slides_are_pages_in_the_order_of_the_talk_with_their_notes() -> None:
    pages = text_of(pptx("Auftakt", "Ergebnis", notes="Langsam sprechen"), "vortrag.pptx")

    assert pages == ["Auftakt\nLangsam sprechen", "Ergebnis"]


def test_sheets_are_pages_with_name_cells_and_header() -> None:
    data = xlsx("Haushalt", Einnahmen=[["Gebühr", 12.5], ["Summe", "=B1"]], Ausgaben=[["Halle", 7]])

    first, second = text_of(data, "tabelle.xlsx")

    assert first.splitlines()[:2] == ["Einnahmen", "Gebühr\t12.5"]
    assert "Haushalt" in first
    assert second.splitlines()[:2] == ["Ausgaben", "Halle\t7"]


def test_an_open_document_is_read_with_its_header_and_without_what_was_deleted() -> None:
    deleted = "<text:tracked-changes><text:p>gestrichen</text:p></text:tracked-changes>"
    note = "<office:annotation><text:p>heikel</text:p></office:annotation>"
    noted = f"<text:p>Halle<text:s/>drei{note}</text:p>"

    (text,) = text_of(odt(f"{deleted}<text:h>Titel</text:h>{noted}", "Az. 7"), "text.odt")

    assert text.splitlines() == ["Titel", "Halle drei", "Az. 7"]


def test_an_open_spreadsheet_and_presentation_have_pages() -> None:
    sheets = text_of(ods(Eins=[["a", "b"], ["c", "d"]], Zwei=[["e"]]), "tabelle.ods")
    slides = text_of(odp("Auftakt", "Ergebnis", notes="leise"), "vortrag.odp")

    assert sheets == ["Eins\na\tb\nc\td", "Zwei\ne"]
    assert slides == ["Auftakt\nleise", "Ergebnis\nleise"]


@pytest.mark.parametrize("name", ["seite.html", "seite.htm"])
def test_a_web_page_is_read_without_its_scripts(name: str) -> None:
    page = (
        '<!doctype html><meta charset="iso-8859-1"><title>Satzung</title>'
        "<style>p {color: red}</style><script>var geheim = 1</script>"
        "<p>Erster\n Absatz &amp; mehr<p>Gr\xf6\xdfe<br>unten<td>a</td>"
    )

    (text,) = text_of(page.encode("latin-1"), name)

    assert text.splitlines() == ["Satzung", "Erster Absatz & mehr", "Größe", "unten\ta"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "iso-8859-1"]
)
def test_plain_text_is_read_in_every_encoding_of_an_office(encoding: str) -> None:
    said = "Die Straße führt über die Brücke in die schöne Größe."

    (text,) = text_of(said.encode(encoding), "vermerk.txt")

    assert text == said


@pytest.mark.parametrize(
    ("data", "name", "state", "words"),
    [
        (locked_pdf(), "a.pdf", "protected", "Kennwort"),
        (odt("<text:p>x</text:p>", encrypted=True), "a.odt", "protected", "Kennwort"),
        (b"%PDF-1.4\ngarbage\n%%EOF", "a.pdf", "failed", "konnte nicht"),
        (docx("x", raw="<w:p>"), "a.docx", "failed", "konnte nicht"),
        (zipped({"[Content_Types].xml": "", "word/a": ""}), "a.docx", "failed", "konnte nicht"),
        (docx(), "a.docx", "none", "kein Text"),
        (scan(), "a.pdf", "scan", "Scan"),
    ],
)
def test_a_file_without_readable_text_says_why(
    data: bytes, name: str, state: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "recogniser", str)

    file = read(data, name)

    assert file.text_state == state
    with override("de"):
        assert words in file.get_text_state_display()


def test_a_bomb_is_given_up_by_its_unpacked_size_whatever_it_claims() -> None:
    filling = b"<x>" + b" " * 101_000_000

    file = read(zipped({"[Content_Types].xml": "", "word/document.xml": filling}), "a.docx")

    assert file.text_state == "too_large"
    assert "unpacks to more than" in file.text_message


def test_a_billion_laughs_are_refused() -> None:
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]><x>&j;</x>"
    )

    file = read(zipped({"[Content_Types].xml": "", "word/document.xml": laughs}), "a.docx")

    assert file.text_state == "failed"
    assert "Forbidden" in file.text_message


def test_an_endless_text_is_cut_and_not_refused() -> None:
    (text,) = text_of(docx(*["x" * 1000] * 2500), "a.docx")

    assert 1_900_000 < len(text) <= 2_000_000


def test_no_file_of_a_foreign_host_is_asked_for() -> None:
    outside = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><x/>'

    file = read(zipped({"[Content_Types].xml": "", "word/document.xml": outside}), "a.docx")

    assert file.text_state == "failed"


def program(folder: Path, script: str) -> str:
    """A stand-in for the program that recognises text: reads a picture, says something."""
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


def recognised(file: File) -> File:
    assert outbox.drain(kinds=[extraction.KIND_SCAN]).failed == 0
    file.refresh_from_db()
    return file


def test_a_scan_is_recognised_page_by_page_where_the_program_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = program(tmp_path, 'head -c 2; cat > /dev/null; echo " erkannt $1 $2 $3 $4"')
    monkeypatch.setattr(extraction, "recogniser", lambda: there)

    file = recognised(read(scan(2), "a.pdf"))

    assert file.text_state == "read"
    assert [page.text.strip() for page in file.pages.all()] == [
        "P5 erkannt stdin stdout -l deu"
    ] * 2


@pytest.mark.skipif(
    not extraction.recogniser(),
    reason="No tesseract here: apt-get install tesseract-ocr tesseract-ocr-deu",
)
def test_tesseract_reads_a_printed_page_inside_the_limits_of_the_child() -> None:
    lines = ["Kooperationsvereinbarung", "der Stadt Übersee mit dem Land", "Größe: 12.500 m"]

    file = recognised(read(printed(lines), "a.pdf"))

    assert (file.text_state, file.text_message) == ("read", "")
    (page,) = file.pages.all()
    assert page.text.split() == " ".join(lines).split()


def test_without_the_program_a_scan_stays_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    file = recognised(read(scan(), "a.pdf"))

    assert file.text_state == "scan"


def test_a_program_that_fails_leaves_the_scan_and_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = program(tmp_path, "cat > /dev/null; echo 'no language deu' >&2; exit 1")
    monkeypatch.setattr(extraction, "recogniser", lambda: there)

    file = recognised(read(scan(), "a.pdf"))

    assert file.text_state == "scan"
    assert "no language deu" in file.text_message


def test_a_program_that_hangs_dies_with_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It may write no files; a folder tells its number.
    there = program(tmp_path, f"sleep 300 & mkdir {tmp_path}/pid-$!; wait")
    monkeypatch.setattr(extraction, "recogniser", lambda: there)
    monkeypatch.setattr(extraction, "SCAN_SECONDS", 22)

    file = recognised(read(scan(), "a.pdf"))

    (pid,) = [int(path.name.partition("-")[2]) for path in tmp_path.glob("pid-*")]
    assert file.text_state == "scan"
    # Where nobody buries the dead, they stay as zombies.
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_scan_that_was_there_before_the_program_is_read_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "recogniser", str)
    file = read(scan(), "a.pdf")
    other = read(b"%PDF-1.4\ngarbage\n%%EOF", "b.pdf")
    there = program(tmp_path, "cat > /dev/null; echo Wort")
    monkeypatch.setattr(extraction, "recogniser", lambda: there)

    call_command("read_texts", "--dry-run")
    assert not OutboxRow.objects.filter(kind=extraction.KIND, done_at=None).exists()
    call_command("read_texts", "--state", "scan")
    outbox.drain(kinds=[extraction.KIND])

    assert recognised(file).text_state == "read"
    other.refresh_from_db()
    assert other.text_state == "failed"


def test_every_kind_that_is_taken_in_has_a_reader() -> None:
    samples = {
        "docx": docx("Wort"), "pptx": pptx("Wort"), "xlsx": xlsx(A=[["Wort"]]),
        "odt": odt("<text:p>Wort</text:p>"), "ods": ods(A=[["Wort"]]), "odp": odp("Wort"),
        "txt": b"Wort", "csv": b"Wort", "html": b"<p>Wort", "htm": b"<p>Wort",
        "pdf": scan(text="Wort"),
    }  # fmt: skip
    taken = {"pdf", *rules.ZIP_TYPES, *rules.OPEN_DOCUMENT, *rules.TEXT_TYPES}

    assert set(samples) == taken
    for extension, data in samples.items():
        assert "Wort" in "".join(text_of(data, f"a.{extension}"))


def test_the_office_sees_which_texts_could_not_be_read(client: Client) -> None:
    read(b"%PDF-1.4\ngarbage\n%%EOF", "kaputt.pdf")
    read(b"Wort", "gut.txt")
    File.objects.filter(original_name="kaputt.pdf").update(title="Altes Heft")

    client.force_login(alma(), backend="django.contrib.auth.backends.ModelBackend")
    everything = client.get(reverse("file_texts")).content.decode()
    failed = client.get(reverse("file_texts"), {"text_state": "failed"}).content.decode()
    table = client.get(reverse("file_texts"), {"export": "csv"})
    client.force_login(cem(), backend="django.contrib.auth.backends.ModelBackend")
    to_a_member = client.get(reverse("file_texts"))

    assert "Text konnte nicht gelesen werden" in everything
    assert "Upload" in everything
    assert "Altes Heft" in failed
    assert "Upload</" not in failed
    assert b"Altes Heft" in b"".join(table.streaming_content)
    assert to_a_member.status_code in (302, 403)
