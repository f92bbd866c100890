"""The present text against an older one: which one depends on who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.models import Revision

from workflow import differences, digests
from workflow.actions import standing as standings
from workflow.models import Decision, Journey, Return, ReturnPoint
from workflow.rules.states import Answer


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One place of the text, with the points that were made about it."""

    difference: differences.PartDifference
    points: Sequence[ReturnPoint] = ()


@dataclass(frozen=True, slots=True)
class ShownField:
    name: str
    label: str
    has_changed: bool
    parts: Sequence[ShownPart]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The present text against an older one, and which one that is.

    `file_exchanged` says that a file was replaced under its name since: its
    earlier text is not kept.
    """

    fields: list[differences.FieldDifference]
    files: list[differences.FileDifference] = field(default_factory=list)
    against_own_decision: Decision | None = None
    against_own_return: Return | None = None
    against_published: bool = False
    file_exchanged: bool = False
    points: Mapping[str, Sequence[ReturnPoint]] = field(default_factory=dict)

    @property
    def is_against_another(self) -> bool:
        own = self.against_own_decision or self.against_own_return
        return bool(own) or self.against_published

    @cached_property
    def text(self) -> list[ShownField]:
        return [self._shown(one) for one in self.fields if not one.is_filing]

    @cached_property
    def filing(self) -> list[ShownField]:
        return [self._shown(one) for one in self.fields if one.is_filing]

    @property
    def has_changes(self) -> bool:
        return self.file_exchanged or any(field.has_changed for field in self.fields)

    @cached_property
    def summary(self) -> list[str]:
        return differences.summary_of(self.fields, self.files) if self.is_against_another else []

    @cached_property
    def changed_places(self) -> list[differences.PartDifference]:
        """Where to look: every part that has changed, for links to it."""
        return [part for one in self.fields for part in one.parts if part.has_changed]

    def _shown(self, one: differences.FieldDifference) -> ShownField:
        parts = [ShownPart(part, self.points.get(part.place, ())) for part in one.parts]
        return ShownField(one.name, one.label, one.has_changed, parts)


def standing_of(journey: Journey) -> standings.Standing | None:
    """Return how things stand, without locks; None when the paper is gone."""
    prefetch_related_objects([journey], "stages")
    if journey.subject is None:
        return None
    subject, revision = standings.present_text(journey.subject)
    return standings.Standing(journey, subject, revision, digests.digest_of(subject, revision))


def comparison_for(
    user: Any,
    standing: standings.Standing,
    points: Mapping[str, Sequence[ReturnPoint]] | None = None,
) -> Comparison:
    """Compare with what this person answered to last, else with what is published."""
    points = points or {}
    if standing.revision is None:
        return Comparison(fields=differences.between(None, standing.subject), points=points)
    decision = _last_decision_on_another_text(user, standing)
    returned = _last_return_of_another_text(user, standing)
    came_last = decision is None or (returned and decision.decided_at < returned.returned_at)
    if came_last and returned is not None:
        return _against(standing, points, returned, against_own_return=returned)
    if decision is not None:
        return _against(standing, points, decision, against_own_decision=decision)
    live = Revision.objects.filter(pk=standing.subject.live_revision_id).first()
    if live is not None and live.pk != standing.revision.pk:
        return _compare(standing, live.as_object(), points, against_published=True)
    return Comparison(fields=differences.between(None, standing.text), points=points)


def _against(
    standing: standings.Standing,
    points: Mapping[str, Sequence[ReturnPoint]],
    seen: Decision | Return,
    **which: Any,
) -> Comparison:
    """Compare with the text of an own answer or return."""
    # The same revision has another digest when a file was replaced in its place.
    exchanged = digests.digest_of(standing.subject, seen.revision) != seen.content_digest
    before = seen.revision.as_object()  # type: ignore[union-attr]
    return _compare(standing, before, points, file_exchanged=exchanged, **which)


def _compare(
    standing: standings.Standing,
    before: Any,
    points: Mapping[str, Sequence[ReturnPoint]],
    **which: Any,
) -> Comparison:
    fields = differences.between(before, standing.text)
    if not any(one.has_changed for one in fields):
        # Nothing to point at: the text is shown as a whole.
        fields = differences.between(None, standing.text)
    files = differences.files_between(before, standing.text)
    return Comparison(fields=fields, files=files, points=points, **which)


def _last_decision_on_another_text(user: Any, standing: standings.Standing) -> Decision | None:
    return (
        Decision.objects.filter(
            decided_by=user, stage__journey__in=Journey.objects.of(standing.subject)
        )
        .exclude(answer=Answer.RETURNED.value)
        .exclude(content_digest=standing.digest)
        .exclude(revision=None)
        .select_related("revision")
        .order_by("-pk")
        .first()
    )


def _last_return_of_another_text(user: Any, standing: standings.Standing) -> Return | None:
    return (
        Return.objects.filter(by=user, journey__in=Journey.objects.of(standing.subject))
        .exclude(content_digest=standing.digest)
        .exclude(revision=None)
        .select_related("revision")
        .order_by("-pk")
        .first()
    )
