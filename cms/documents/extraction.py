"""Taking the text out of files, in a limited child process and never in a request."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from cms.core import outbox
from cms.core.models import OutboxRow
from cms.documents.models import File, FilePage
from search.indexing import touch
from search.sources import key_for

KIND = "documents.read_text"
CHILD = Path(__file__).with_name("child.py")
WALL_SECONDS = 30
CHILDREN = 2
READABLE = frozenset({"application/pdf", "text/plain", "text/csv"})


@dataclass(frozen=True, slots=True)
class Extracted:
    """The pages' texts, or why there are none."""

    pages: Sequence[str] = ()
    error: str = ""


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


def extract(path: str, media_type: str) -> Extracted:
    """Run the child on one file; its death, by limit or by clock, is an error text."""
    if media_type not in READABLE:
        return Extracted()
    with tempfile.TemporaryDirectory(prefix="umlauf-") as folder, open(path, "rb") as data:
        try:
            child = subprocess.run(
                [sys.executable, "-I", str(CHILD), media_type],
                stdin=data, capture_output=True, timeout=WALL_SECONDS, cwd=folder, env={},
                start_new_session=True, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Extracted(error=f"not finished within {WALL_SECONDS} seconds")
    try:
        result = json.loads(child.stdout)
    except ValueError:
        return Extracted(error=f"the reader ended with code {child.returncode}")
    return Extracted(result.get("pages", ()), result.get("error", ""))


def keep_text(file: File, found: Extracted) -> None:
    """Store what was read. A failure leaves the file as it is, marked as such."""
    with transaction.atomic():
        file.pages.all().delete()
        FilePage.objects.bulk_create(
            FilePage(file=file, number=number, text=text)
            for number, text in enumerate(found.pages, start=1)
        )
        file.text_state = _state(found)
        file.text_message = found.error[:255]
        file.save(update_fields=["text_state", "text_message"])
        for attachment in file.attachments.select_related("page"):
            touch(key_for(attachment.page.specific_deferred))


def _state(found: Extracted) -> str:
    if found.error:
        return File.TextState.FAILED
    return File.TextState.READ if any(page.strip() for page in found.pages) else File.TextState.NONE
