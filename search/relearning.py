"""Abbreviations are learnt while the index is kept, not only when it is built anew.

Whoever writes an entry notes what it explains ("Kommunaler Ordnungsdienst (KOD)"); each
night the notes are counted, and the engine takes over what they say. No paper is read
again, and no term of the index changes: abbreviations only widen questions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from cms.core import kernel, night, outbox
from cms.core.models import OutboxRow
from search.engines import get_engine
from search.entries import Entry
from search.errors import EngineBusy, EngineUnavailable
from search.german import join_hyphens
from search.german.abbreviations import Explained, explained_in, learnt
from search.german.stems import stem
from search.models import ExplainedAbbreviation

KIND = "search.abbreviations"
_AT_ONCE = 500

# Key of an entry -> what it explains; nothing for one that is gone.
ByEntry = Mapping[str, set[Explained]]


def text_of(entry: Entry) -> str:
    """All that is learnt from, its line-end hyphens joined."""
    texts = [entry.title, entry.text]
    for file in entry.files:
        texts += file.pages
    return join_hyphens("\n".join(texts))


def teaches(entry: Entry) -> bool:
    """Whether words are learnt from it: from what is for everybody only. What is learnt serves
    everybody's questions, and must not tell what stands in papers that are for some."""
    return kernel.PUBLIC in entry.tokens


def explanations_of(entry: Entry | None) -> set[Explained]:
    return explained_in(text_of(entry)) if entry and teaches(entry) else set()


def note(explained: ByEntry) -> None:
    """Keep what these entries explain, in place of what they explained before."""
    held: dict[str, set[Explained]] = defaultdict(set)
    rows = ExplainedAbbreviation.objects.filter(entry_key__in=list(explained))
    for key, short, long_form in rows.values_list("entry_key", "short", "long_form"):
        held[key].add((short, long_form))
    # Mostly nothing has changed, and nothing is written.
    changed = {key: said for key, said in explained.items() if said != held[key]}
    if changed:
        with transaction.atomic():
            rows.filter(entry_key__in=list(changed)).delete()
            _keep(changed)


def note_all(explained: ByEntry) -> None:
    """Keep what the entries of the whole index explain, and nothing else."""
    with transaction.atomic():
        ExplainedAbbreviation.objects.all().delete()
        _keep(explained)


def _keep(explained: ByEntry) -> None:
    made = (
        ExplainedAbbreviation(entry_key=key, short=short, long_form=long_form)
        for key, said in explained.items()
        for short, long_form in sorted(said)
    )
    # Two writers of the same entry may note the same.
    ExplainedAbbreviation.objects.bulk_create(made, batch_size=_AT_ONCE, ignore_conflicts=True)


def relearn_tonight(now: datetime) -> int:
    """Called by run_due; returns 1 when tonight's turn was put into the outbox."""
    return night.once(KIND, now)


# Counting twice does no harm.
@outbox.handler(KIND, leased=True, housekeeping=True)
def relearn(rows: Sequence[OutboxRow]) -> None:
    try:
        get_engine().learn(learnt(_counted(), stem))
    except (EngineBusy, EngineUnavailable) as reason:
        raise outbox.LeaveForLater(str(reason)) from reason


def _counted() -> Iterable[tuple[str, str, int]]:
    return (
        ExplainedAbbreviation.objects.values_list("short", "long_form")
        .annotate(papers=Count("pk"))
        .order_by("short", "long_form")
    )
