"""A stage's completion rule as a sentence: whose agreement it asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from workflow.rules.definition import FROM_THE_PAPER, StageDefinition, participant_name
from workflow.rules.states import ADVISORY

# Whose agreement is asked for; the case is the one that follows "of".
EVERYBODY: dict[str, str | Promise] = {
    "parties": pgettext_lazy("agreement of", "all parties of the paper"),
    "guests": pgettext_lazy("agreement of", "all guests whom the paper names"),
}
SOME: dict[str, str | Promise] = {
    "parties": pgettext_lazy("agreement of", "the parties of the paper"),
    "guests": pgettext_lazy("agreement of", "the guests whom the paper names"),
}
COUNTING: dict[str, str | Promise] = {
    "any": pgettext_lazy("agreement of", "at least one of (%(names)s)"),
    "at_least": pgettext_lazy("agreement of", "at least %(n)s of (%(names)s)"),
    "percent": pgettext_lazy("agreement of", "at least %(share)s percent of (%(names)s)"),
    "weight": pgettext_lazy("agreement of", "a weight of at least %(n)s of (%(names)s)"),
    "weight_share": pgettext_lazy(
        "agreement of", "at least %(share)s percent of the weight of (%(names)s)"
    ),
}


def completion_in_words(stage: StageDefinition) -> str:
    """Return a stage's completion rule as a sentence."""
    labels = labels_in(stage)
    tree = stage.completion
    if tree in ("all", "any"):
        tree = {tree: [participant_name(one) for one in stage.participants]}
    whose = _whose(tree, labels)
    if stage.kind in ADVISORY:
        said = gettext("The stage is done with the answer of %(whose)s, whatever it is.")
    else:
        said = gettext("The stage is done with the agreement of %(whose)s.")
    return said % {"whose": whose}


def enumerated(names: Sequence[str], last: str) -> str:
    """Return "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def labels_in(stage: StageDefinition) -> dict[str, str]:
    """Return the participants' labels by the names that completion rules use."""
    labels = {name: str(label) for name, label in EVERYBODY.items()}
    for one in stage.participants:
        if one["kind"] not in FROM_THE_PAPER:
            labels[participant_name(one)] = str(one["label"])
    return labels


def _whose(tree: Any, labels: Mapping[str, str]) -> str:
    """Return whose agreement a part of the tree asks for: "A or B"."""
    if isinstance(tree, str):
        return labels.get(tree, tree)
    ((word, body),) = tree.items()
    numbers = body if isinstance(body, dict) else {}
    of: Any = numbers.get("of") if numbers else body
    if word == "all" and isinstance(of, str):
        return labels.get(of, of)
    counts_them = isinstance(of, str)
    if counts_them:
        of, labels = [of], {**labels, **{name: str(label) for name, label in SOME.items()}}
    parts = [_part(one, labels) for one in of]
    if word == "all":
        return enumerated(parts, gettext("and"))
    if word == "any" and not counts_them:
        return enumerated(parts, gettext("or"))
    names = enumerated(parts, gettext("and"))
    return COUNTING["weight_share" if word == "weight" and "p" in numbers else word] % {
        "names": names,
        "n": numbers.get("n"),
        "share": numbers.get("p"),
    }


def _part(part: Any, labels: Mapping[str, str]) -> str:
    whose = _whose(part, labels)
    return whose if isinstance(part, str) else f"({whose})"
