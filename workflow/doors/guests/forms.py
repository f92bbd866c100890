from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.rules.guests import CODE_DIGITS


class AnswerForm(forms.Form):
    """A guest's answer, and which text it was given on."""

    answer = forms.CharField(max_length=20)
    seen_digest = forms.CharField(max_length=64)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=5000,
        help_text=_("Needed when you decline or send back."),
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "class": "kern-form-input__input",
                "id": "kommentar",
                "aria-describedby": "kommentar-hinweis",
            }
        ),
    )


class CodeForm(forms.Form):
    """The code from the letter; one-time-code lets phones fill it in."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=CODE_DIGITS + 4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class GuestForm(forms.Form):
    """Somebody without an account who is to be asked in a stage."""

    name = forms.CharField(label=_("Name of the guest"), max_length=200)
    mail = forms.EmailField(label=_("E-mail address of the guest"), max_length=250)

    def __init__(self, *, stage: int = 0) -> None:
        # Several stages of one page may each have such a form.
        super().__init__(auto_id=f"id_gast_{stage}_%s")
