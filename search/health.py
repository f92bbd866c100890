"""What the doctor and the health page say about the index."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from cms.core.doctor import Finding
from cms.core.models import OutboxRow
from search import rebuilding
from search.engines import Info, get_engine
from search.errors import EngineOutdated, EngineUnavailable
from search.indexing import KIND

# A change is found within seconds; a full import may take some minutes.
PATIENCE = timedelta(minutes=15)

_REBUILD = "manage.py rebuild_index"
_REPAIR = "manage.py check_index --repair"


def examine_quickly() -> Finding:
    """Whether the index answers and keeps up: a few short queries, whatever its size."""
    rows = OutboxRow.objects.filter(kind=KIND)
    waits = rows.waiting().aggregate(count=Count("pk"), oldest=Min("created_at"))
    try:
        info = get_engine().info()
    except EngineOutdated as error:
        changed = _("The index must be made anew: an update keeps it in another form.")
        return Finding(False, f"{changed} ({error})", _REBUILD)
    except EngineUnavailable as error:
        return Finding(False, str(error), _REBUILD)
    return _not_usable(info, waits["count"]) or _behind(info, waits) or _keeps_up(info, waits)


def examine() -> Finding:
    """The same, and what takes longer: how old the index is, and what the database holds."""
    finding = examine_quickly()
    if not finding.ok:
        return finding
    info = get_engine().info()
    papers = rebuilding.count()
    waiting = OutboxRow.objects.waiting().filter(kind=KIND).exists()
    words = {"entries": info.entries, "papers": papers}
    if not waiting and (info.entries > papers or (papers and not info.entries)):
        differs = _("The index holds %(entries)d entries, the database %(papers)d papers.") % words
        return Finding(False, differs, _REPAIR)
    age = {
        "papers": papers,
        "ago": timesince(last_write(info)),
        "schema": info.schema,
        "analysis": info.analysis,
    }
    more = _(
        "%(papers)d papers in the database; last written %(ago)s ago; "
        "schema %(schema)d, analysis %(analysis)d"
    )
    return Finding(True, f"{finding.message}; {more % age}")


def last_write(info: Info) -> datetime:
    """When something was put into the index last: by a change, or when it was built."""
    built_at = datetime.fromisoformat(info.built_at)
    written = OutboxRow.objects.filter(kind=KIND).aggregate(last=Max("done_at"))["last"]
    return max(built_at, written) if written else built_at


def _not_usable(info: Info, waiting: int) -> Finding | None:
    if not info.built_at:
        nothing = _("There is no index yet; %(count)d changes are waiting.") % {"count": waiting}
        return Finding(False, nothing, _REBUILD)
    if info.stale:
        stale = _("The index must be made anew: Umlauf reads texts in another way since an update.")
        return Finding(False, f"{stale} ({info.stale})", _REBUILD)
    return None


def _behind(info: Info, waits: dict[str, Any]) -> Finding | None:
    # What was given up before the index was built anew is in it.
    given_up = OutboxRow.objects.filter(kind=KIND, failed_at__gt=info.built_at).count()
    if given_up:
        lost = _("%(count)d changes were given up.") % {"count": given_up}
        return Finding(False, lost, _REPAIR)
    if waits["oldest"] and waits["oldest"] < timezone.now() - PATIENCE:
        late = _("The index is behind: the oldest of %(count)d changes has waited %(age)s.")
        words = {"count": waits["count"], "age": timesince(waits["oldest"])}
        return Finding(False, late % words, _("Is a worker running? See its log."))
    return None


def _keeps_up(info: Info, waits: dict[str, Any]) -> Finding:
    words = {"entries": info.entries, "engine": info.engine, "waiting": waits["count"]}
    found = _("%(entries)d entries in %(engine)s, %(waiting)d changes waiting") % words
    if waits["oldest"]:
        found += _(", the oldest for %(age)s") % {"age": timesince(waits["oldest"])}
    return Finding(True, found)
