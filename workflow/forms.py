from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """An answer, and which text it was given on: the form carries what the person saw."""

    answer = forms.CharField(max_length=20)
    seen_digest = forms.CharField(max_length=64)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=5000,
        help_text=_("Needed when you decline or send back."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "kern-form-input__input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].widget.attrs["aria-describedby"] = "kommentar-hinweis"
        self.fields["comment"].widget.attrs["id"] = "kommentar"
