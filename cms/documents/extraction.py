"""Taking the text out of files, in a limited child process and never in a request."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from cms.core import outbox
from cms.core.models import OutboxRow
from cms.documents.models import File, FilePage
from search.indexing import touch
from search.sources import key_for

KIND = "documents.read_text"
KIND_SCAN = "documents.recognise_text"
READER = Path(__file__).with_name("reader")
WALL_SECONDS = 30
# Below the lease of an outbox row, so that nobody else takes it up meanwhile.
SCAN_SECONDS = 240
CHILDREN = 2


@dataclass(frozen=True, slots=True)
class Extracted:
    """The pages' texts, or why there are none.

    `scan` says that there are only pictures of text, `left` how many pages were not read.
    """

    pages: Sequence[str] = ()
    scan: bool = False
    left: int = 0
    error: str = ""
    detail: str = ""


def request_text(file: File) -> None:
    """Note that this file's text is to be read."""
    outbox.put(KIND, str(file.pk))


@outbox.handler(KIND, batch_size=10, leased=True)
def read_texts(rows: Sequence[OutboxRow]) -> None:
    files = list(File.objects.filter(pk__in=[row.key for row in rows]))
    # A child for each file, so that a hostile one ends alone; a few side by side.
    with ThreadPoolExecutor(max_workers=CHILDREN) as children:
        found = children.map(lambda file: extract(file.file.path, file.media_type), files)
        for file, text in zip(files, found, strict=True):
            keep_text(file, text)
            if text.scan and recogniser():
                outbox.put(KIND_SCAN, str(file.pk))


@outbox.handler(KIND_SCAN, leased=True, housekeeping=True)
def recognise_texts(rows: Sequence[OutboxRow]) -> None:
    """Read scans, one at a time and after everything else: each takes minutes."""
    program = recogniser()
    for file in File.objects.filter(pk__in=[row.key for row in rows]):
        if program:
            found = extract(file.file.path, file.media_type, recogniser=program)
            # What cannot be recognised stays the scan that it was.
            keep_text(file, replace(found, scan=True, error=""))


def recogniser() -> str:
    """Return the program that reads scans (tesseract, optional), or nothing."""
    return shutil.which("tesseract") or ""


def extract(path: str, media_type: str, *, recogniser: str = "") -> Extracted:
    """Run the reader on one file; its death, by limit or by clock, is a verdict as well."""
    if not media_type:
        return Extracted()
    program = [recogniser, str(SCAN_SECONDS - 20)] if recogniser else []
    seconds = SCAN_SECONDS if recogniser else WALL_SECONDS
    with tempfile.TemporaryDirectory(prefix="umlauf-") as folder, open(path, "rb") as data:
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", str(READER), media_type, *program],
            stdin=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=folder, env={"OMP_THREAD_LIMIT": "1"}, start_new_session=True,
        )  # fmt: skip
        try:
            said, _ = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            detail = f"not finished within {seconds} seconds"
            return Extracted(error=File.TextState.TOO_LARGE, detail=detail)
        finally:
            _end(child)
    try:
        return Extracted(**json.loads(said))
    except (ValueError, TypeError):
        detail = f"the reader ended with code {child.returncode}"
        return Extracted(error=File.TextState.FAILED, detail=detail)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the reader and whatever it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def keep_text(file: File, found: Extracted) -> None:
    """Store what was read. A failure leaves the file as it is, marked as such."""
    with transaction.atomic():
        file.pages.all().delete()
        FilePage.objects.bulk_create(
            FilePage(file=file, number=number, text=text)
            for number, text in enumerate(found.pages, start=1)
        )
        file.text_state = _state(found)
        file.text_message = _note_on(found)[:255]
        file.save(update_fields=["text_state", "text_message"])
        for attachment in file.attachments.select_related("page"):
            touch(key_for(attachment.page.specific_deferred))


def _state(found: Extracted) -> str:
    if found.error:
        is_known = found.error in (File.TextState.PROTECTED, File.TextState.TOO_LARGE)
        return found.error if is_known else File.TextState.FAILED
    if any(page.strip() for page in found.pages):
        return File.TextState.READ
    return File.TextState.SCAN if found.scan else File.TextState.NONE


def _note_on(found: Extracted) -> str:
    return found.detail or (f"{found.left} pages were not read" if found.left else "")
