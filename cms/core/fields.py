"""Model and form fields for the value types: one text column each.

A fuzzy date is stored as the part of its ISO form that is known, so that plain
text order is date order and a year can be matched by prefix.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.values import QUALIFIER_LABELS, ApproxCount, FuzzyDate, Qualifier


class FuzzyDateFormField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Day, month or year: 15.05.2012, 05.2012 or 2012. Empty means unknown.")
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, FuzzyDate):
            return value
        # Editors read German dates, also where only part of one is known.
        return ".".join(reversed(value.iso.split("-"))) if value.is_known else ""

    def clean(self, value: Any) -> FuzzyDate:
        text = super().clean(value)
        try:
            return FuzzyDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class FuzzyDateField(models.CharField):
    """A `FuzzyDate`; blank means unknown, never NULL."""

    if TYPE_CHECKING:  # what the type checker may assume on a model's instance
        _pyi_private_set_type: FuzzyDate  # type: ignore[assignment]
        _pyi_private_get_type: FuzzyDate  # type: ignore[assignment]

    description = "Date known to the day, month, year or not at all"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", FuzzyDate.UNKNOWN)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *args: Any) -> FuzzyDate:
        return FuzzyDate.parse(value or "")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, FuzzyDate):
            return value
        try:
            return FuzzyDate.parse(str(value or ""))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = self.to_python(value)
        if not self.blank and not value.is_known:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return value

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value).iso

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        options: dict[str, Any] = {"label": kwargs.get("label", self.verbose_name)}
        if help_text := kwargs.get("help_text", self.help_text):
            options["help_text"] = help_text
        return FuzzyDateFormField(required=not self.blank, max_length=40, **options)


class ApproxCountWidget(forms.MultiWidget):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        choices = [(member.value, label) for member, label in QUALIFIER_LABELS.items()]
        widgets = [
            forms.Select(choices=choices, attrs={"aria-label": _("How exact")}),
            forms.NumberInput(attrs={"min": 0, "aria-label": _("Number")}),
            forms.TextInput(attrs={"aria-label": _("As of"), "placeholder": "2024"}),
        ]
        super().__init__(widgets, attrs)

    def decompress(self, value: ApproxCount | None) -> list[Any]:
        if value is None:
            return [Qualifier.EXACT.value, None, ""]
        return [value.qualifier.value, value.value, value.as_of.iso]


class ApproxCountFormField(forms.MultiValueField):
    widget = ApproxCountWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.ChoiceField(choices=[(q.value, q.value) for q in Qualifier], required=False),
            forms.IntegerField(min_value=0, required=False),
            FuzzyDateFormField(required=False),
        )
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, values: list[Any]) -> ApproxCount | None:
        if not values or values[1] is None:
            return None
        return ApproxCount(values[1], Qualifier(values[0] or "exact"), values[2] or FuzzyDate())


class ApproxCountField(models.CharField):
    """An `ApproxCount`; blank means that no count is stated (None)."""

    if TYPE_CHECKING:  # what the type checker may assume on a model's instance
        _pyi_private_set_type: ApproxCount | None  # type: ignore[assignment]
        _pyi_private_get_type: ApproxCount | None  # type: ignore[assignment]

    description = "A number with how exact it is and as of when"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 40
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", None)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *args: Any) -> ApproxCount | None:
        return ApproxCount.parse(value) if value else None

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, ApproxCount) or value == "":
            return value or None
        try:
            return ApproxCount.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        value = self.to_python(value)
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return value

    def get_prep_value(self, value: Any) -> str:
        value = self.to_python(value)
        return value.stored if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return ApproxCountFormField(
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )
