"""What the doctor says about the index."""

from django.utils import timezone

from cms.core.doctor import Finding
from cms.core.models import OutboxRow
from search.engines import get_engine
from search.errors import EngineUnavailable
from search.indexing import KIND

_REBUILD = "manage.py rebuild_index"


def examine() -> Finding:
    rows = OutboxRow.objects.filter(kind=KIND)
    due = rows.due(timezone.now()).count()
    try:
        info = get_engine().info()
    except EngineUnavailable as error:
        return Finding(False, str(error), _REBUILD)
    if not info.built_at:
        return Finding(False, f"there is no index yet, {due} changes waiting", _REBUILD)
    if info.stale:
        return Finding(False, f"rebuild needed: {info.stale}", _REBUILD)
    # What was given up before the index was built anew is in it.
    if given_up := rows.failed().filter(failed_at__gt=info.built_at).count():
        return Finding(False, f"{given_up} changes were given up", "manage.py check_index --repair")
    waiting = f", {due} changes waiting" if due else ""
    return Finding(True, f"{info.entries} entries in {info.engine}{waiting}")
