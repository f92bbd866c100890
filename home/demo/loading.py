"""Loading the demo: what is missing is made, what is there stays as it is."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.core import outbox
from cms.core.models import OutboxRow
from home.demo import agreements, declarations, journeys, meetings, networks, registers
from home.demo.journeys import INTERNAL_SLUG
from home.demo.keep import Keeper
from home.demo.logins import LOGINS, ensure_accounts, password
from home.demo.material import read
from home.demo.papers import load_papers
from home.demo.tree import load_tree
from home.demo.upcoming import load_upcoming

Tell = Callable[[str], None]
# What makes the demo readable and findable; letters and Wagtail's own indexes are the worker's.
KINDS = ("documents.read_text", "search.entry")


class Undone(Exception):
    """Raised at the end of a dry run to take everything back."""


def load(
    *, secret: str, tell: Tell = lambda text: None, dry_run: bool = False, drained: bool = True
) -> dict[str, Any]:
    """Bring in the demo and return what was made, by model; `secret` is the password.

    With `drained` false, the texts of files and the search index are left to a worker.
    """
    made: dict[str, int] = {}
    with override("de"):
        if not dry_run:
            made = _load(secret, tell)
        else:
            with suppress(Undone), transaction.atomic():
                made = _load(secret, tell, forget_files=True)
                raise Undone
    jobs = drain(tell) if drained and not dry_run else 0
    return {"made": made, "drained": jobs}


def load_if_missing(progress: Tell) -> dict[str, Any]:
    """Load unless that has been done; return `password` and `logins` (address: role).

    The worker that starts next reads the files and fills the index.
    """
    secret = password()
    if is_loaded():
        with transaction.atomic():
            ensure_accounts(secret)
    else:
        load(secret=secret, tell=progress, drained=False)
    return {"password": secret, "logins": logins()}


def is_loaded() -> bool:
    """Return whether a load has been completed: its parts come together or not at all."""
    return Page.objects.filter(slug=INTERNAL_SLUG).exists()


def _load(secret: str, tell: Tell, *, forget_files: bool = False) -> dict[str, int]:
    people = ensure_accounts(secret)
    keep = Keeper(by=people["admin"], editor=people["redaktion"])
    today = timezone.localdate()
    try:
        # One transaction for all: a load that breaks off leaves nothing half done.
        with transaction.atomic(), disable_reference_index_auto_update():
            tell("Pages")
            tree = load_tree(keep)
            tell("Organisations")
            registers.load_facts(keep, people)
            load_invented_bodies(keep, people)
            networks.load_network_pages(keep, tree)
            networks.load_profiles(keep, tree, {"ahrenfels": people["mitglied"]})
            tell("Agreements and declarations")
            agreements.load_facts(keep, tree)
            agreements.load_invented(keep, tree)
            declarations.load_facts(keep, tree)
            declarations.load_invented(keep, tree)
            tell("Events")
            meetings.load_facts(keep, tree)
            load_upcoming(keep, tree, today=today)
            tell("Papers and their files")
            load_papers(keep, tree, today=today)
            journeys.load_internal(keep, tree)
            tell("Journeys")
            journeys.load_journeys(keep, tree, people, today=today)
    except BaseException:
        _forget(keep)
        raise
    if forget_files:
        _forget(keep)
    keep.index_references()
    return dict(sorted(keep.made.items()))


def load_invented_bodies(keep: Keeper, people: dict[str, Any]) -> None:
    """Bodies first, then the members, then what refers to both."""
    data = read("invented/bodies")
    registers.load_bodies(keep, data, invented=True)
    networks.load_members(keep)
    registers.load_ties(keep, data)
    registers.load_people(keep, data, people)


def drain(tell: Tell) -> int:
    """Do what the load has put into the outbox: read the files, fill the index."""
    total = 0
    while done := outbox.drain(limit=500, kinds=KINDS).done:
        total += done
        tell(f"Texts of files and search: {total}")
    return total


def is_drained() -> bool:
    """Return whether nothing of the demo waits to be read or found any more."""
    return not OutboxRow.objects.waiting().filter(kind__in=KINDS).exists()


def _forget(keep: Keeper) -> None:
    """Remove files whose rows are not kept."""
    for name in keep.stored:
        default_storage.delete(name)


def logins() -> dict[str, str]:
    """Return who can sign in, as address and role."""
    return {login.email: login.what for login in LOGINS}
