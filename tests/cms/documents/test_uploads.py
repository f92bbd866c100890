"""What is uploaded is looked at: the type by content, the text by a limited child."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import override
from reportlab.pdfgen.canvas import Canvas

from cms.core import outbox
from cms.documents import extraction
from cms.documents.models import File

pytestmark = pytest.mark.django_db


def pdf(*pages: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def upload(data: bytes, name: str) -> File:
    return File(title="Upload", file=ContentFile(data, name=name))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.pdf", "leer"),
        (b"%PDF-1.4 cut off in the mid", "a.pdf", "beschädigt"),
        (b"<html><script>1</script></html>", "a.pdf", "passt nicht zu ihrem Namen"),
        (b"PK\x03\x04 no archive", "a.docx", "beschädigt"),
        (pdf("x"), "a.docx", "passt nicht zu ihrem Namen"),
        (b"MZ\x00\x90 program", "a.txt", "passt nicht zu ihrem Namen"),
    ],
)
def test_a_bad_upload_is_refused_in_words(data: bytes, name: str, words: str) -> None:
    with override("de"), pytest.raises(ValidationError, match=words):
        upload(data, name).clean()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf("x"), "a.pdf"),
        (docx(), "A.DOCX"),
        (b"Text", "a.txt"),
        ("ä;ö".encode("cp1252"), "a.csv"),
    ],
)
def test_a_good_upload_is_taken(data: bytes, name: str) -> None:
    upload(data, name).clean()


def test_an_upload_is_stored_under_a_name_of_ours() -> None:
    file = upload(pdf("x"), "../../etc/Protokoll 7.pdf")

    file.save()

    assert file.file.name.startswith("files/")
    assert "Protokoll" not in file.file.name
    assert file.original_name == "Protokoll 7.pdf"
    assert len(file.sha256) == 64
    assert file.media_type == "application/pdf"


def test_the_text_is_read_page_by_page_afterwards() -> None:
    file = upload(pdf("Erste Seite", "Hallennutzung auf Seite zwei"), "a.pdf")
    file.save()
    before = file.text_state

    outbox.drain(kinds=[extraction.KIND])

    file.refresh_from_db()
    assert (before, file.text_state) == ("waiting", "read")
    assert [page.number for page in file.pages.all()] == [1, 2]
    assert "Hallennutzung" in file.pages.get(number=2).text


def test_a_file_that_cannot_be_read_stays_and_says_so() -> None:
    file = upload(b"%PDF-1.4\ngarbage\n%%EOF", "a.pdf")
    file.save()

    outbox.drain(kinds=[extraction.KIND])

    file.refresh_from_db()
    assert file.text_state == "failed"
    assert file.text_message


def test_the_child_ends_at_its_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that hangs is killed by the clock, one that swallows memory by its limit."""
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    sleeper, glutton = tmp_path / "sleeper.py", tmp_path / "glutton.py"
    sleeper.write_text("import time; time.sleep(60)")
    limits = (extraction.READER / "__main__.py").read_text().split("def read(")[0]
    without_readers = limits.replace("import portable\n", "")
    glutton.write_text(without_readers + "\nlimit()\nx = bytearray(3_000_000_000)\n")
    monkeypatch.setattr(extraction, "WALL_SECONDS", 1)

    monkeypatch.setattr(extraction, "READER", sleeper)
    slept = extraction.extract(str(victim), "text/plain")
    monkeypatch.setattr(extraction, "WALL_SECONDS", 20)
    monkeypatch.setattr(extraction, "READER", glutton)
    swallowed = extraction.extract(str(victim), "text/plain")

    assert (slept.error, swallowed.error) == ("too_large", "failed")
    assert "1 seconds" in slept.detail
    assert "ended with code" in swallowed.detail
