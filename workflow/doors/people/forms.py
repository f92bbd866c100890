"""What the pages of deputyships and notifications send."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflow import subjects
from workflow.models import Participant
from workflow.rules.letters import ALWAYS_AT_ONCE, LetterKind, Pace
from workflow.rules.states import ParticipantKind
from workflow.wording import LETTER_KIND, PACE


class DeputyForm(forms.Form):
    """Who stands in, when, and for what. The principal is given by the page."""

    deputy = forms.EmailField(
        label=_("E-mail address of the deputy"),
        help_text=_("The address with which your deputy signs in."),
        widget=forms.EmailInput(attrs={"list": "kolleginnen-und-kollegen", "autocomplete": "off"}),
    )
    starts = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label=_("Until"),
        help_text=_("The last day counts."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    paper_kind = forms.ChoiceField(label=_("Only papers of this kind"), required=False)
    party = forms.ChoiceField(label=_("Only for this party"), required=False)
    may_sign = forms.BooleanField(
        label=_("May also sign and give the final sign-off"), required=False
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        required=False,
        help_text=_("Plan of duties, order, leave …"),
    )

    def __init__(self, *args: Any, principal: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = timezone.localdate().isoformat()
        everything = ("", capfirst(gettext("all")))
        kinds = [(kind, capfirst(subjects.label_of(kind))) for kind in subjects.kinds()]
        self.fields["paper_kind"].choices = [everything, *kinds]  # type: ignore[attr-defined]
        parties = _parties_of(principal)
        self.fields["party"].choices = [everything, *parties]  # type: ignore[attr-defined]
        if not parties:
            del self.fields["party"]

    def clean_deputy(self) -> Any:
        users = get_user_model()._default_manager.filter(is_active=True)
        found = users.filter(email__iexact=self.cleaned_data["deputy"]).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody signs in with this address. Please look again; nothing has been entered.")
            )
        return found


class LettersForm(forms.Form):
    """One choice for each kind of letter that can be chosen."""

    def __init__(
        self, *args: Any, wishes: Mapping[LetterKind, Pace], usual: Mapping[LetterKind, Pace],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for kind in LetterKind:
            if kind in ALWAYS_AT_ONCE:
                continue
            as_usual = gettext("as usual (%(pace)s)") % {"pace": PACE[usual[kind]]}
            self.fields[kind.value] = forms.ChoiceField(
                label=capfirst(str(LETTER_KIND[kind])),
                choices=[("", as_usual), *((pace.value, PACE[pace]) for pace in Pace)],
                initial=wishes[kind].value if kind in wishes else "",
                required=False,
            )

    def paces(self) -> dict[LetterKind, Pace | None]:
        return {
            LetterKind(name): Pace(value) if value else None
            for name, value in self.cleaned_data.items()
        }


def _parties_of(principal: Any) -> list[tuple[str, str]]:
    """Return the parties this person answers for, as far as a paper has named them yet."""
    keys = subjects.keys_held_by(principal, ParticipantKind.PARTY)
    named = Participant.objects.filter(kind=ParticipantKind.PARTY.value, key__in=keys)
    return sorted(set(named.values_list("key", "label")), key=lambda party: party[1])
