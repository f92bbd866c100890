"""How much has changed, in one line: "3 paragraphs changed, 1 section moved, 1 file replaced"."""

from collections.abc import Iterator, Sequence

from django.utils.translation import ngettext

from workflow.differences.fields import Change, FieldDifference
from workflow.differences.files import FileDifference
from workflow.differences.texts import FILES
from workflow.differences.words import Tally


def summary_of(fields: Sequence[FieldDifference], files: Sequence[FileDifference]) -> list[str]:
    """Return what has changed, counted; empty when nothing has.

    A new or dropped section is counted once, not by its paragraphs.
    """
    return list(_phrases(fields, files))


def _phrases(fields: Sequence[FieldDifference], files: Sequence[FileDifference]) -> Iterator[str]:
    text = [one for one in fields if not one.is_filing and one.name != FILES]
    parts = [part for one in text for part in one.parts]
    lines = Tally()
    for part in parts:
        if part.change is Change.CHANGED:
            lines.add(part.tally)
    if count := lines.changed:
        yield ngettext("%(count)d paragraph changed", "%(count)d paragraphs changed", count) % {
            "count": count
        }
    if count := lines.added:
        yield ngettext("%(count)d paragraph new", "%(count)d paragraphs new", count) % {
            "count": count
        }
    if count := lines.removed:
        yield ngettext("%(count)d paragraph dropped", "%(count)d paragraphs dropped", count) % {
            "count": count
        }
    if count := sum(part.change is Change.ADDED for part in parts):
        yield ngettext("%(count)d section new", "%(count)d sections new", count) % {"count": count}
    if count := sum(part.change is Change.REMOVED for part in parts):
        yield ngettext("%(count)d section dropped", "%(count)d sections dropped", count) % {
            "count": count
        }
    if count := sum(bool(part.moved_from) for part in parts):
        yield ngettext("%(count)d section moved", "%(count)d sections moved", count) % {
            "count": count
        }
    yield from _files(files)
    if count := sum(one.is_filing and one.has_changed for one in fields):
        yield ngettext(
            "%(count)d detail for the files changed",
            "%(count)d details for the files changed",
            count,
        ) % {"count": count}


def _files(files: Sequence[FileDifference]) -> Iterator[str]:
    if count := sum(one.change is Change.CHANGED for one in files):
        yield ngettext("%(count)d file replaced", "%(count)d files replaced", count) % {
            "count": count
        }
    if count := sum(one.change is Change.ADDED for one in files):
        yield ngettext("%(count)d file new", "%(count)d files new", count) % {"count": count}
    if count := sum(one.change is Change.REMOVED for one in files):
        yield ngettext("%(count)d file dropped", "%(count)d files dropped", count) % {
            "count": count
        }
