"""What people read is complete German, and addresses them politely."""

import re
from collections import defaultdict
from pathlib import Path

import polib
import pytest

from cms.core.catalogues import ROOT, catalogues, gaps

CATALOGUES = sorted(catalogues())
# The familiar forms. "Ihr" and "Sie" are the ones we use.
FAMILIAR = re.compile(r"\b(du|dich|dir|dein(e[mnrs]?)?|euch|euer|eure[mnrs]?)\b", re.IGNORECASE)


def where(path: Path) -> str:
    return str(path.relative_to(ROOT).parents[3])


def test_there_are_catalogues_to_look_at():
    assert {"workflow", "search", "home", "cms"} <= {where(path) for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=where)
def test_no_text_is_left_without_german(path):
    assert gaps(path) == []


def test_empty_and_fuzzy_entries_are_gaps(tmp_path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "journey"\nmsgstr "Umlauf"\n\n'
        'msgid "stage"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "route"\nmsgstr "Straße"\n'
    )

    assert gaps(catalogue) == ["stage", "route"]


@pytest.mark.parametrize("path", CATALOGUES, ids=where)
def test_people_are_addressed_as_sie(path):
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]

    texts = [text for one in entries for text in (one.msgstr, *one.msgstr_plural.values())]

    assert [text for text in texts if FAMILIAR.search(text)] == []


def test_no_text_has_two_translations():
    """Django merges all catalogues: one chapter's word would silently turn into another's.

    Where two meanings are meant, a context (pgettext) keeps them apart.
    """
    germans = defaultdict(set)
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                germans[entry.msgctxt, entry.msgid].add(entry.msgstr or entry.msgstr_plural[0])

    doubled = {text for (_, text), words in germans.items() if len(words) > 1}

    assert doubled == set()
