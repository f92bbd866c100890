"""What the doctor says about the index."""

from django.utils import timezone
from django.utils.translation import gettext as _

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
        nothing = _("There is no index yet; %(count)d changes are waiting.") % {"count": due}
        return Finding(False, nothing, _REBUILD)
    if info.stale:
        stale = _("The index must be made anew: Umlauf reads texts in another way since an update.")
        return Finding(False, f"{stale} ({info.stale})", _REBUILD)
    # What was given up before the index was built anew is in it.
    if given_up := rows.failed().filter(failed_at__gt=info.built_at).count():
        lost = _("%(count)d changes were given up.") % {"count": given_up}
        return Finding(False, lost, "manage.py check_index --repair")
    words = {"entries": info.entries, "engine": info.engine, "waiting": due}
    return Finding(
        True, _("%(entries)d entries in %(engine)s, %(waiting)d changes waiting") % words
    )
