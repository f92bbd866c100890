"""Pages that go public through their journey, and in no other way.

Three guards, each enough on its own for its kind of caller: the permission
tester for the admin's buttons and views (superusers included), the methods for
code, and `save` as the last net under both.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from wagtail.admin.panels import CommentPanel
from wagtail.locks import WorkflowLock
from wagtail.models import PagePermissionTester, Workflow

from cms.core import kernel
from workflow import clusters, passage, subjects
from workflow.digests import VOLATILE
from workflow.errors import JourneyRefused
from workflow.rules.refusals import (
    Refusal,
    refusal_to_delete,
    refusal_to_edit,
    refusal_to_move,
)
from workflow.rules.states import JourneyStatus, StageKind

if TYPE_CHECKING:
    from wagtail.models import Page as Mixin

    from workflow.models import Journey
else:
    Mixin = object

# What may change on a live page without anybody's approval: no word of the text.
BOOKKEEPING = VOLATILE - {"live", "live_revision", "expired"}


class GovernedPermissionTester(PagePermissionTester):
    """What somebody may do with a governed page in Wagtail's admin.

    Nobody publishes or unpublishes there; deleting and moving end where the
    journey begins.
    """

    def can_edit(self) -> bool:
        """Wagtail's rows for groups, or a grant of the kernel: a member edits its own profile."""
        if super().can_edit():
            return True
        return bool(self.user.is_active and self.page.pk) and kernel.check(
            self.user, kernel.Verb.EDIT, self.page.specific
        )

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        allowed = super().can_delete(ignore_bulk)
        return allowed and self.page.specific.refusal_to_delete() is None

    def can_move(self) -> bool:
        allowed = super().can_delete(ignore_bulk=True)
        return allowed and self.page.specific.refusal_to_move() is None

    def can_move_to(self, destination: Any) -> bool:
        return self.can_move() and super().can_move_to(destination)

    def can_submit_for_moderation(self) -> bool:
        from workflow.actions.submission import refusal_to_send

        return refusal_to_send(self.page.specific, by=self.user) is None


class GovernedPage(Mixin):
    """Mixin for page models: `class AgreementPage(GovernedPage, NetworkPaper, Page)`.

    A new page is always a draft. `not_text` names fields that the chapter keeps
    on the page but that are no part of what is decided on (a state that
    receivers set, say); only these may be saved on a live page, by
    `save(update_fields=…)`.
    """

    not_text: ClassVar[frozenset[str]] = frozenset()

    # Without the panel for publication dates: the journey's end is the date.
    settings_panels = [CommentPanel()]

    def permissions_for_user(self, user: Any) -> GovernedPermissionTester:
        return GovernedPermissionTester(user, self)

    # --- The shell ----------------------------------------------------------

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        """Return the one workflow of this kind of page, wherever it stands in the tree."""
        kind = subjects.kind_of(self)
        return Workflow.objects.filter(
            active=True, workflow_tasks__task__journeytask__kind=kind
        ).first()

    def get_lock(self) -> Any:
        # Before Wagtail's own lock, which exempts the person who set it.
        if self.refusal_to_edit() and (task := self.current_workflow_task):
            return task.lock_class(self, task)
        lock = super().get_lock()
        # A stage that leaves the text open locks nothing.
        return None if isinstance(lock, WorkflowLock) else lock

    # --- What the rules say about this page now -------------------------------

    def latest_journey(self) -> "Journey | None":
        from workflow.models import Journey

        return Journey.objects.of(self).first() if self.pk else None

    def refusal_to_edit(self) -> Refusal | None:
        journey = self.latest_journey()
        stage = journey.open_stage if journey else None
        return refusal_to_edit(
            status=JourneyStatus(journey.status) if journey else None,
            open_kind=StageKind(stage.kind) if stage else None,
        )

    def refusal_to_delete(self) -> Refusal | None:
        from workflow.models import Decision, Return

        journey = self.latest_journey()
        has_decisions = journey is not None and (
            Decision.objects.filter(stage__journey__in=type(journey).objects.of(self)).exists()
            or Return.objects.filter(journey__in=type(journey).objects.of(self)).exists()
        )
        return refusal_to_delete(
            is_live=self.live,
            status=JourneyStatus(journey.status) if journey else None,
            has_decisions=has_decisions,
        )

    def refusal_to_move(self) -> Refusal | None:
        journey = self.latest_journey()
        status = JourneyStatus(journey.status) if journey else None
        return refusal_to_move(is_live=self.live, status=status)

    def with_content_json(self, content: Any) -> Any:
        """Return the page as a revision has it, with the chapter's own fields as they are now."""
        text = super().with_content_json(clusters.looked_up(self, content))
        for name in self.not_text:
            setattr(text, name, getattr(self, name))
        return text

    @classmethod
    def from_serializable_data(
        cls, data: Any, check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        check_fks = check_fks and not isinstance(data, clusters.LookedUp)
        return super().from_serializable_data(data, check_fks, strict_fks)

    # --- Code that would go round ---------------------------------------------

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        if not passage.is_open(self):
            raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
        return super().publish(revision, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        if not passage.is_open(self):
            raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
        return super().unpublish(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if refusal := self.refusal_to_delete():
            raise JourneyRefused(refusal)
        return super().delete(*args, **kwargs)

    def save_revision(
        self, *args: Any, overwrite_revision: Any = None, approved_go_live_at: Any = None,
        **kwargs: Any,
    ) -> Any:  # fmt: skip
        """Save a draft, under the same lock that decisions take.

        A revision that somebody may have decided on is never overwritten: the
        draft becomes a revision of its own, and decisions on the older text lapse.
        """
        from workflow.actions.editing import before_edit, is_on_record, lapse_decisions

        if approved_go_live_at is not None:
            raise JourneyRefused(Refusal.IS_SCHEDULED)
        with transaction.atomic():
            journey = before_edit(self)
            if overwrite_revision is not None and is_on_record(overwrite_revision):
                overwrite_revision = None
            revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
            if journey is not None:
                lapse_decisions(journey, page=self, by=revision.user)
        return revision

    def full_clean(self, exclude: Any = None, *args: Any, **kwargs: Any) -> None:
        if passage.is_open(self):
            # What a text names was looked up when it was saved and when it was read.
            exclude = {*(exclude or ()), *clusters.names_of_foreign_keys(type(self))}
        super().full_clean(exclude, *args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        from workflow.actions.standing import lock_subject

        if self._state.adding:
            self._begin_as_draft()
            super().save(*args, **kwargs)
            return
        if passage.is_open(self):
            with transaction.atomic(savepoint=False):
                if kwargs.get("update_fields") is None:
                    clusters.write_children([self])
                super().save(*args, **kwargs)
            return
        with transaction.atomic():
            # The editor writes all fields of a page it read before: without the lock a
            # decision in between would be agreed, and its text taken offline again.
            lock_subject(self)
            self._refuse_to_change_what_is_public(kwargs.get("update_fields"))
            super().save(*args, **kwargs)

    def _begin_as_draft(self) -> None:
        if self.alias_of_id is not None:
            raise JourneyRefused(Refusal.NO_ALIAS)
        self.live = False
        self.live_revision = None
        self.has_unpublished_changes = True
        self.first_published_at = self.last_published_at = None

    def _refuse_to_change_what_is_public(self, update_fields: Any) -> None:
        rows = type(self)._base_manager.filter(pk=self.pk)
        was_live = rows.values_list("live", flat=True).first()
        if not was_live and not self.live:
            # A copy brings along what the original had; a draft has no public text.
            self.live_revision = None
            return
        if update_fields is None or not set(update_fields) <= BOOKKEEPING | self.not_text:
            raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
