"""Pages in every state, governed or ordinary, and one line that tells whether anything got past.

The ordinary world is the control: the same attempt on pages without our mixin
has to do what it says, or the attempt would prove nothing.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Revision,
    TaskState,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from cms.accounts.models import User
from cms.core.refusals import Refused
from cms.documents.models import StandardPage
from tests.people import account, admin, alma
from tests.stand_ins import journeys
from tests.stand_ins.models import PaperPage
from workflow.models import Decision, Journey

EMPTY_TEXT = '{"blocks": [], "entityMap": {}}'


@dataclass
class World:
    """Four pages in one folder, and who tries something with them."""

    model: type[Page]
    folder: Page
    elsewhere: Page
    draft: Page
    under_way: Page
    public: Page
    person: User
    browser: Client

    def fresh(self, page: Page) -> Page:
        return self.model.objects.get(pk=page.pk)

    def form(self, page: Page, **more: Any) -> dict[str, Any]:
        """Return what the page editor posts."""
        return {
            "title": page.title,
            "slug": page.slug,
            "intro": "",
            "body": EMPTY_TEXT,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "comments-MIN_NUM_FORMS": 0,
            "comments-MAX_NUM_FORMS": 1000,
            **more,
        }

    def public_state(self) -> dict[str, Any]:
        """Return all that only a journey may change: what is public, where, and what is decided."""
        known = [self.draft.pk, self.under_way.pk, self.public.pk]
        pages = self.model.objects.order_by("pk")
        revisions = Revision.objects.filter(approved_go_live_at__isnull=False)
        return {
            "public": list(
                pages.filter(live=True).values_list(
                    "pk", "title", "body", "url_path", "live_revision", "expire_at"
                )
            ),
            "on their way": list(
                pages.filter(pk__in=known[1:]).values_list("pk", "url_path", "alias_of")
            ),
            "for a later day": list(revisions.values_list("pk", flat=True)),
            "due to be public": list(
                pages.filter(go_live_at__isnull=False).values_list("pk", flat=True)
            ),
            "restricted": list(PageViewRestriction.objects.values_list("page", flat=True)),
            "journeys": list(Journey.objects.order_by("pk").values_list("pk", "status")),
            "decisions": Decision.objects.count(),
            "shells": list(WorkflowState.objects.order_by("pk").values_list("pk", "status")),
        }


class Attempt(Protocol):
    def __call__(self, world: World) -> object: ...


def what_it_changed(world: World, attempt: Attempt) -> list[str]:
    """Try it as the world's person and undo it; return what was other than before."""
    before = world.public_state()
    with transaction.atomic():
        with suppress(Refused, PermissionDenied, ProtectedError), transaction.atomic():
            attempt(world)
        after = world.public_state()
        transaction.set_rollback(True)
    return [name for name in before if before[name] != after[name]]


def governed(person: User, browser: Client) -> World:
    folder, elsewhere = _folders()
    draft = _governed_draft(folder, "Entwurf")
    under_way = journeys.in_review(_governed_draft(folder, "Unterwegs")).subject
    public = journeys.agreed(_governed_draft(folder, "Öffentlich")).subject
    journeys.edit(public, "<p>Noch nicht gebilligt.</p>")
    return World(
        PaperPage, folder, elsewhere, journeys.fresh(draft), journeys.fresh(under_way),
        journeys.fresh(public), person, browser,
    )  # fmt: skip


def ordinary(person: User, browser: Client) -> World:
    folder, elsewhere = _folders()
    draft, under_way, public = (
        _ordinary_draft(folder, title) for title in ("Entwurf", "Unterwegs", "Öffentlich")
    )
    _wagtails_own_workflow().start(under_way, alma())
    public.get_latest_revision().publish()
    public.refresh_from_db()
    public.body = "<p>Noch nicht gebilligt.</p>"
    public.save_revision(user=alma())
    return World(StandardPage, folder, elsewhere, draft, under_way, public, person, browser)


def administrator() -> User:
    """Somebody with every permission there is, who is no superuser all the same."""
    person = account("Adele Arnold")
    group, _ = Group.objects.get_or_create(name="administrators-of-the-test")
    group.permissions.set(Permission.objects.all())
    root = Page.objects.get(depth=1)
    for permission in Permission.objects.filter(content_type__model="page"):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    person.groups.add(group)
    return person


def shell_of(page: Page) -> TaskState:
    return TaskState.objects.get(
        workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS
    )


def _folders() -> tuple[Page, Page]:
    folder = StandardPage(title="Ordner", owner=admin())
    Page.objects.get(depth=1).add_child(instance=folder)
    folder.save_revision()
    elsewhere = StandardPage(title="Anderswo", owner=admin())
    Page.objects.get(depth=1).add_child(instance=elsewhere)
    return folder, elsewhere


def _governed_draft(folder: Page, title: str) -> Page:
    page = PaperPage(title=title, body="<p>Erster Entwurf.</p>", owner=alma())
    return _with_a_draft(folder, page)


def _ordinary_draft(folder: Page, title: str) -> Page:
    page = StandardPage(title=title, body="<p>Erster Entwurf.</p>", owner=alma(), live=False)
    return _with_a_draft(folder, page)


def _with_a_draft(folder: Page, page: Page) -> Page:
    Page.objects.get(pk=folder.pk).add_child(instance=page)
    page.save_revision(user=alma())
    return page


def _wagtails_own_workflow() -> Workflow:
    workflow = Workflow.objects.create(name="Wie bei Wagtail")
    task = GroupApprovalTask.objects.create(name="Freigabe")
    task.groups.add(*Group.objects.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    return workflow
