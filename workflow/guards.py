"""What catches the ways round a journey that do not pass `GovernedPage`.

Wagtail hands out the same row as a plain `Page` too, moves and deletes whole
branches, and hides branches by a restriction of its own: the guards stand at
Django's and Wagtail's signals, which all of these pass.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState

from workflow import passage
from workflow.errors import JourneyRefused
from workflow.governed import BOOKKEEPING, GovernedPage
from workflow.rules.refusals import Refusal

# Where a page stands in the tree is not its text; moves are asked for themselves.
PLACE = frozenset({"path", "depth", "numchild", "url_path"})


def refuse_to_delete(sender: type, instance: Any, **kwargs: Any) -> None:
    """Also reached when a page goes down with its ancestor or with a queryset."""
    if isinstance(instance, GovernedPage) and (refusal := instance.refusal_to_delete()):
        raise JourneyRefused(refusal)


def refuse_to_move(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    if parent_page_before == parent_page_after:
        return
    if refusal := refusal_to_move_branch(instance):
        raise JourneyRefused(refusal)


def refuse_to_save_as_plain_page(instance: Page, raw: bool, update_fields: Any, **kw: Any) -> None:
    """A governed row that was read as a `Page` obeys the same rule as the model of its kind."""
    if raw or instance.pk is None or passage.is_open(instance) or not _is_governed(instance):
        return
    names = {field.attname for field in Page._meta.concrete_fields}
    names -= PLACE | BOOKKEEPING | {f"{name}_id" for name in BOOKKEEPING}
    if update_fields is not None:
        written = {Page._meta.get_field(name).attname for name in update_fields}
        names &= written
    before = Page.objects.filter(pk=instance.pk).values("live", *names).first()
    if before is None or not (before["live"] or instance.live):
        return
    if any(before[name] != getattr(instance, name) for name in names):
        raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)


def refuse_to_restrict(instance: Any, **kwargs: Any) -> None:
    """Who sees a published text was decided with it: no restriction of Wagtail's comes or goes."""
    if any(page.live for page in _governed_below(instance.page)):
        raise JourneyRefused(Refusal.AUDIENCE_WAS_DECIDED)


def refuse_to_cancel_the_shell(instance: WorkflowState, **kwargs: Any) -> None:
    """Wagtail cancels without the locks that votes take: the journey does it, or nobody."""
    from workflow.models import JourneyTaskState

    if instance.status != instance.STATUS_CANCELLED or instance.pk is None:
        return
    if getattr(instance, "cancelled_by_journey", False):
        return
    if JourneyTaskState.journey_to_resume(instance) is not None:
        raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)


def refusal_to_delete_branch(page: Page) -> Refusal | None:
    """Return why a page of any kind cannot go, with what stands below it."""
    found = (one.refusal_to_delete() for one in _governed_below(page))
    return next((refusal for refusal in found if refusal), None)


def refusal_to_move_branch(page: Page) -> Refusal | None:
    """Return why a page of any kind keeps its place, with what stands below it."""
    found = (one.refusal_to_move() for one in _governed_below(page))
    return next((refusal for refusal in found if refusal), None)


def _governed_below(page: Page) -> Any:
    branch = Page.objects.descendant_of(page, inclusive=True)
    return branch.type(GovernedPage).specific(defer=True).iterator()


def _is_governed(page: Page) -> bool:
    model = ContentType.objects.get_for_id(page.content_type_id).model_class()
    return model is not None and issubclass(model, GovernedPage)
