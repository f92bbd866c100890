"""What the review page sends: it carries which text the person saw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from workflow.actions.returning import Point
from workflow.rules.definition import AUTHOR
from workflow.rules.states import Override, PointState
from workflow.wording import POINT_STATE

ROWS = 3
MOST_ROWS = 60


class DecisionForm(forms.Form):
    """An answer or a return, for whom it is given, and on which text."""

    answer = forms.CharField(max_length=20)
    seen_digest = forms.CharField(max_length=64)
    participant = forms.IntegerField(required=False)
    to = forms.CharField(max_length=60, required=False)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "kern-form-input__input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].widget.attrs["aria-describedby"] = "kommentar-hinweis"
        self.fields["comment"].widget.attrs["id"] = "kommentar"

    def clean_to(self) -> str:
        return self.cleaned_data["to"] or AUTHOR


class ConfirmationForm(forms.Form):
    earlier = forms.IntegerField()
    seen_digest = forms.CharField(max_length=64)


class PointForm(forms.Form):
    """What the author says was done about one point of a return."""

    state = forms.ChoiceField(
        choices=[(one.value, POINT_STATE[one]) for one in PointState if one is not PointState.OPEN]
    )
    note = forms.CharField(required=False, max_length=2000)


class OverrideForm(forms.Form):
    act = forms.ChoiceField(choices=[(act.value, act.value) for act in Override])
    reason = forms.CharField(required=False, max_length=2000)
    seen_digest = forms.CharField(required=False, max_length=64)


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row of the list of points, as it was typed."""

    place: str = ""
    text: str = ""


def empty_rows(place: str = "") -> list[PointRow]:
    """Return the rows a fresh page shows; the first may begin at a place of the text."""
    return [PointRow(place), *[PointRow()] * (ROWS - 1)]


def rows_in(post: QueryDict, *, more: bool = False) -> list[PointRow]:
    """Return the rows as they were sent, with room for more where it was asked for."""
    places, texts = post.getlist("place"), post.getlist("point")
    rows = [PointRow(*pair) for pair in zip(places, texts, strict=False)]
    wanted = len(rows) + ROWS if more else max(len(rows), ROWS)
    return (rows + [PointRow()] * wanted)[: min(wanted, MOST_ROWS)]


def points_in(rows: Sequence[PointRow], labels: Mapping[str, str]) -> list[Point]:
    """Return the points that were written; a place the text does not have means the whole."""
    return [
        Point(
            text=row.text,
            place=row.place if row.place in labels else "",
            place_label=labels.get(row.place, ""),
        )
        for row in rows
        if row.text.strip()
    ]
