"""Forms of the public pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BarrierForm(forms.Form):
    """What somebody could not use (BITV 2.0 § 7: a way to tell us)."""

    address = forms.CharField(
        label=_("Which page is it about?"), max_length=500, required=False,
        help_text=_("The address or the heading of the page."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("What could you not read or use?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reply_to = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only for our answer. It is not kept here once the report has been sent."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
