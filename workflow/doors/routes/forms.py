"""Forms of the routes' pages: the votes of a simulation, and the mapping of a move."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from workflow.models import Journey, Route, Stage
from workflow.rules.conditions import Facts, fields_in
from workflow.rules.definition import AUTHOR, RouteDefinition, StageDefinition, read
from workflow.rules.simulation import EVERYBODY_ELSE, Vote, agreeing
from workflow.rules.states import Answer, StageStatus
from workflow.simulating import labels_in
from workflow.wording import ANSWERED

# More rows than this are no form any more; the command plays larger numbers.
MOST_ROWS = 20
SILENT = "silent"


class FactsForm(forms.Form):
    """What holds of the paper that is played."""

    parties = forms.IntegerField(
        label=pgettext_lazy("play", "Parties"), min_value=0, max_value=MOST_ROWS, initial=2
    )
    guests = forms.IntegerField(label=_("Guests"), min_value=0, max_value=MOST_ROWS, initial=1)
    attached = forms.IntegerField(label=_("Files"), min_value=0, max_value=MOST_ROWS, initial=0)

    def __init__(self, *args: Any, route: RouteDefinition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conditions = [stage.when for stage in route.stages if stage.when is not None]
        self.asked = sorted({name for when in conditions for name in fields_in(when)})
        for name in self.asked:
            label = gettext("Value of “%(field)s”") % {"field": name}
            self.fields[f"value-{name}"] = forms.CharField(
                label=label, required=False, max_length=200
            )

    def facts(self) -> Facts:
        """Return what was filled in; call it on a valid form."""
        words = self.cleaned_data
        numbers = {"parties": words["parties"], "guests": words["guests"]}
        values = {name: words[f"value-{name}"] for name in self.asked if words[f"value-{name}"]}
        return Facts(values=values, files=words["attached"], **numbers)


class VotesForm(forms.Form):
    """One choice for each participant of each stage, in the order in which they are played."""

    def __init__(self, *args: Any, route: RouteDefinition, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats: dict[str, tuple[StageDefinition, str]] = {}
        for stage in route.stages:
            for number, (name, label) in enumerate(labels_in(stage, facts).items()):
                field = f"vote-{stage.key}-{number}"
                self.seats[field] = (stage, name)
                self.fields[field] = forms.ChoiceField(
                    label=f"{stage.label}: {label}", choices=_choices(stage, route),
                    initial=agreeing(stage).value, required=False,
                )  # fmt: skip

    def votes(self) -> list[Vote]:
        """Return the chosen votes; silence comes behind the answers of its stage."""
        found: list[Vote] = []
        silent: dict[str, Vote] = {}
        for field, (stage, name) in self.seats.items():
            answer, _, to = self.cleaned_data[field].partition(">")
            if answer == SILENT:
                silent[stage.key] = Vote(stage.key, EVERYBODY_ELSE, Answer.SILENT)
            elif answer:
                found.append(Vote(stage.key, name, Answer(answer), to or AUTHOR))
        order = [stage.key for stage, _ in self.seats.values()]
        return sorted([*found, *silent.values()], key=lambda vote: order.index(vote.stage))


class MoveForm(forms.Form):
    """For each stage of a journey its place in another version, and why it moves there."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=_("It goes on record."),
    )  # fmt: skip

    def __init__(self, *args: Any, journey: Journey, route: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = read(route.definition).stages
        keys = {stage.key for stage in planned}
        places = [(stage.key, stage.label) for stage in planned]
        none = ("", pgettext_lazy("stage", "no place: the stage is dropped"))
        self.stages: dict[str, Stage] = {}
        present = journey.stages.exclude(status=StageStatus.DROPPED.value)
        for stage in present.order_by("order"):
            field = f"place-{stage.key}"
            self.stages[field] = stage
            self.fields[field] = forms.ChoiceField(
                label=stage.label, choices=[none, *places], required=False,
                initial=stage.key if stage.key in keys else "",
            )  # fmt: skip
        self.order_fields([*self.stages, "reason"])

    def mapping(self) -> dict[str, str]:
        """Return the chosen places by the stages' keys."""
        chosen = {stage.key: self.cleaned_data[name] for name, stage in self.stages.items()}
        return {key: place for key, place in chosen.items() if place}


def _choices(stage: StageDefinition, route: RouteDefinition) -> list[tuple[str, str]]:
    choices = [("", gettext("does not answer"))]
    choices += [(word, str(ANSWERED[Answer(word)])) for word in stage.answers]
    for target in stage.may_return_to:
        place = route.stage(target)
        label = place.label if place else gettext("its author")
        words = gettext("sends back: %(place)s") % {"place": label}
        choices.append((f"{Answer.RETURNED.value}>{target}", words))
    if stage.silence_is_consent:
        choices.append((SILENT, gettext("is silent until the deadline has passed")))
    return choices
