"""Statements on criteria: one block for each criterion, under the criterion's own key.

The key is the block's id. So a point can be tied to one criterion, two drafts
are compared criterion by criterion, and a list in another order finds its
statements again. The wording stands in the block as it was when it was stated:
a request is judged by the list it answers, whatever the list says later.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.agreements import wording
from cms.agreements.accession_rules import Stated
from cms.core.fields import FuzzyDateFormField
from cms.core.values import FuzzyDate

if TYPE_CHECKING:
    from cms.networks.models import Criterion

Raw = dict[str, Any]


class Answer(str):
    """The code of an answer; wherever it is shown as text, it reads as its label."""

    def __new__(cls, code: str | None = "") -> "Answer":
        # By the type's own method: made of another answer it would hold the label.
        return super().__new__(cls, str.__str__(code or ""))

    def __str__(self) -> str:
        return str(wording.ANSWERS.get(self.code, self.code))  # type: ignore[call-overload]

    @property
    def code(self) -> str:
        return str.__str__(self)


class AnswerBlock(blocks.ChoiceBlock):
    choices = wording.choices(wording.ANSWERS)

    def to_python(self, value: Any) -> Answer:
        return Answer(value)

    def value_from_form(self, value: Any) -> Answer:
        return Answer(value)

    def value_for_form(self, value: Any) -> str:
        return Answer(value).code

    def get_prep_value(self, value: Any) -> str:
        return Answer(value).code


class FuzzyDateBlock(blocks.FieldBlock):
    """A `FuzzyDate` in a block, or None where it is not known."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        self.field = FuzzyDateFormField(
            required=required, max_length=40, **({"help_text": help_text} if help_text else {})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> FuzzyDate | None:
        return FuzzyDate.parse(value) if value else None

    def value_from_form(self, value: FuzzyDate | str) -> FuzzyDate | str | None:
        # Comes twice: as it was typed, and again once the field has read it.
        return None if value == FuzzyDate.UNKNOWN else value

    def value_for_form(self, value: FuzzyDate | str | None) -> FuzzyDate | str:
        return value or ""

    def get_prep_value(self, value: FuzzyDate | str | None) -> str:
        # As typed, when the editor only compares it with what is kept.
        return value.iso if isinstance(value, FuzzyDate) else value or ""


class CriterionBlock(blocks.CharBlock):
    """The wording of a criterion: shown, never typed; the page writes it from the list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.field.widget = forms.Textarea(attrs={"readonly": True, "rows": 2})


class StatementBlock(blocks.StructBlock):
    criterion = CriterionBlock(
        label=_("Criterion"), help_text=_("As the list says it; nobody changes it here.")
    )
    answer = AnswerBlock(label=_("Answer"), required=False)
    text = blocks.TextBlock(
        label=_("Statement"), required=False, rows=3,
        help_text=_("One or two sentences: what you do, who decided it, since when."),
    )  # fmt: skip
    since = FuzzyDateBlock(
        label=_("Since, or planned from"), required=False,
        help_text=_("Day, month or year: 15.05.2012, 05.2012 or 2012. Compulsory for a plan."),
    )  # fmt: skip
    evidence = DocumentChooserBlock(
        label=_("Evidence"), required=False,
        help_text=_("A file that shows it. It is added to the attachments of the request."),
    )  # fmt: skip

    class Meta:
        icon = "tick-inverse"
        # The review page counts and names the blocks by it: “Criterion 2: …”.
        label = _("Criterion")
        label_format = "{criterion}"


EMPTY: Raw = {"answer": "", "text": "", "since": "", "evidence": None}


def stream_for(criteria: Iterable["Criterion"], said: dict[str, Raw]) -> list[Raw]:
    """Return a block for each criterion in their order, with what `said` holds by key."""
    return [
        {
            "type": "statement",
            "id": one.key,
            "value": {**EMPTY, **said.get(one.key, {}), "criterion": one.text},
        }
        for one in criteria
    ]


def said_in(stream: Any) -> dict[str, Raw]:
    """Return what a stream holds, by the key of its criterion, in plain values."""
    return {block["id"]: block["value"] for block in stream.get_prep_value()}


def stated_in(stream: Any) -> Sequence[Stated]:
    """Return the statements as the rules look at them."""
    return [
        Stated(
            number=number,
            answer=Answer(block.value.get("answer")).code,
            text=block.value.get("text") or "",
            has_date=block.value.get("since") is not None,
        )
        for number, block in enumerate(stream or (), start=1)
    ]


def evidence_in(stream: Any) -> list[Any]:
    """Return the files named as evidence, each once, in their order."""
    files = [block.value.get("evidence") for block in stream or ()]
    return list({file.pk: file for file in files if file is not None}.values())
