"""A person's own follow-ups as they see them: on the page of a journey and on their desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.models import FollowUp, Journey
from workflow.rules.timing import FollowUpKind
from workflow.wording import FOLLOW_UP_KIND

# The desk shows the nearest; who keeps more of them than this sees how many there are.
MOST_ON_DESK = 50


class FollowUpForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Remind me"), choices=[(kind.value, FOLLOW_UP_KIND[kind]) for kind in FollowUpKind]
    )
    on = forms.DateField(
        label=_("Day"),
        required=False,
        help_text=_("Only for a day of your choice."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=pgettext_lazy("follow-up", "Note"),
        required=False,
        max_length=300,
        help_text=_("Only you see it."),
    )

    def words(self) -> dict[str, Any]:
        """Return what the actions are called with."""
        cleaned = self.cleaned_data
        return {**cleaned, "kind": FollowUpKind(cleaned["kind"])}


@dataclass(frozen=True, slots=True)
class DeskFollowUps:
    """The nearest follow-ups of a person, and how many there are altogether."""

    total: int
    nearest: Sequence[FollowUp]


def form_for(noted: FollowUp | None = None) -> FollowUpForm:
    """Return the empty form, or one that shows a follow-up as it stands."""
    if noted is None:
        return FollowUpForm(auto_id="wiedervorlage-%s")
    is_chosen = noted.kind == FollowUpKind.ON_DATE
    initial = {
        "kind": noted.kind,
        "on": noted.due_on if is_chosen else None,
        "note": noted.note,
    }
    return FollowUpForm(initial=initial, auto_id="wiedervorlage-%s")


def follow_ups_on(journey: Journey, user: Any) -> QuerySet[FollowUp]:
    """Return this person's open follow-ups on a paper, the nearest first."""
    return _open_ones(user).filter(journey=journey).select_related("journey")


def follow_ups_of(user: Any) -> DeskFollowUps:
    """Return this person's open follow-ups on all papers.

    They name a paper as it was called when its journey began, which this person has seen.
    """
    mine = _open_ones(user).select_related("journey")
    nearest = list(mine[:MOST_ON_DESK])
    total = mine.count() if len(nearest) == MOST_ON_DESK else len(nearest)
    return DeskFollowUps(total, nearest)


def is_due(noted: FollowUp) -> bool:
    return noted.due_on is not None and noted.due_on <= timezone.localdate()


def _open_ones(user: Any) -> QuerySet[FollowUp]:
    mine = FollowUp.objects.filter(person=user, done_at=None)
    return mine.order_by(F("due_on").asc(nulls_last=True), "pk")
