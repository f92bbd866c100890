from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workflow.models.route import Route
from workflow.rules.definition import StageDefinition, read_stage
from workflow.rules.states import JourneyStatus, ParticipantKind, StageKind, StageStatus
from workflow.wording import JOURNEY_STATUS, PARTICIPANT_KIND, STAGE_KIND, STAGE_STATUS

UNDER_WAY = [JourneyStatus.RUNNING.value, JourneyStatus.RETURNED.value]


class JourneyQuerySet(models.QuerySet["Journey"]):
    def of(self, subject: models.Model) -> "JourneyQuerySet":
        """Return the journeys of one paper, newest first."""
        content_type = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=content_type, subject_id=str(subject.pk)).order_by("-pk")

    def under_way(self) -> "JourneyQuerySet":
        return self.filter(status__in=UNDER_WAY)


class Journey(models.Model):
    """One paper's way through its stages.

    It does not hang on the paper: id and label are snapshots, so that the
    journey stays readable when the paper is gone.
    """

    wagtail_reference_index_ignore = True

    route = models.ForeignKey(
        Route, verbose_name=_("route"), on_delete=models.PROTECT, related_name="journeys"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.CharField(max_length=64)
    subject = GenericForeignKey("content_type", "subject_id")
    subject_label = models.CharField(_("paper"), max_length=300)
    kind = models.SlugField(_("kind of paper"), max_length=60)
    status = models.CharField(
        _("status"), max_length=12, default=JourneyStatus.RUNNING.value,
        choices=[(status.value, JOURNEY_STATUS[status]) for status in JourneyStatus],
    )  # fmt: skip
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("submitted by"),
    )  # fmt: skip
    started_by_label = models.CharField(max_length=200)
    started_at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    content_digest = models.CharField(max_length=64)
    # Who wrote the text, as far as revisions told it when it was submitted:
    # revisions can be purged, the exclusion of authors must not go with them.
    editor_ids = models.JSONField(default=list)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        indexes = [
            models.Index(fields=["content_type", "subject_id"], name="journeys_of_a_paper"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "subject_id"],
                condition=Q(status__in=UNDER_WAY),
                name="a_paper_is_on_one_journey_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNDER_WAY) | Q(closed_at__isnull=False),
                name="a_journey_that_ended_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_label

    def get_absolute_url(self) -> str:
        return reverse("workflow:review", args=[self.pk])

    @property
    def open_stage(self) -> "Stage | None":
        return next((s for s in self.stages.all() if s.status == StageStatus.OPEN), None)


class Stage(models.Model):
    """One step of a journey, with its rule as it stood when the journey began."""

    wagtail_reference_index_ignore = True

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    kind = models.CharField(
        max_length=16, choices=[(kind.value, STAGE_KIND[kind]) for kind in StageKind]
    )
    label = models.CharField(_("stage"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, default=StageStatus.WAITING.value,
        choices=[(status.value, STAGE_STATUS[status]) for status in StageStatus],
    )  # fmt: skip
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # How often it was opened; what is due in a stage belongs to one of its openings.
    openings = models.PositiveSmallIntegerField(default=0)
    # Since when the head named by the rule may answer in the participants' place.
    escalated_at = models.DateTimeField(null=True, blank=True)
    # The text on which an administrator let the journey pass; it counts like an answer's.
    overridden_digest = models.CharField(max_length=64, blank=True)
    rule = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["journey", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "order"],
                condition=~Q(status=StageStatus.DROPPED.value),
                name="stages_follow_one_another",
            ),
            models.UniqueConstraint(
                fields=["journey", "key"],
                condition=~Q(status=StageStatus.DROPPED.value),
                name="a_stage_has_a_key_of_its_own",
            ),
            models.CheckConstraint(
                condition=~Q(status=StageStatus.OPEN.value) | Q(opened_at__isnull=False),
                name="an_open_stage_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def definition(self) -> StageDefinition:
        """The stage's rule as it stood when the journey began."""
        return read_stage(self.rule)


class Participant(models.Model):
    """Who has a say in a stage: a group, a party of the text, a person …"""

    wagtail_reference_index_ignore = True

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="participants")
    kind = models.CharField(
        max_length=40,
        choices=[(kind.value, PARTICIPANT_KIND[kind]) for kind in ParticipantKind],
    )
    key = models.CharField(max_length=250)
    label = models.CharField(max_length=200)
    weight = models.PositiveSmallIntegerField(default=1)
    # The head to whom the stage was escalated: answers in the others' place, counts nowhere.
    is_head = models.BooleanField(default=False)
    # Who has taken the task out of the pool. Others see it and may still answer.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("claimed by"),
    )  # fmt: skip
    claimed_at = models.DateTimeField(null=True, blank=True)
    # A guest whom somebody asked by hand; empty for those that rule and paper name.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("invited by"),
    )  # fmt: skip
    # The paper named them no more when the stage was opened again; their answers stay on record.
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "kind", "key", "is_head"],
                name="a_participant_stands_once_in_a_stage",
            )
        ]
        indexes = [models.Index(fields=["kind", "key"], name="stages_of_a_participant")]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """How the stage's completion rule calls this participant."""
        return f"{self.kind}:{self.key}"


def snapshot(text: Any, length: int = 200) -> str:
    """Return a label cut to what its column holds."""
    return str(text)[:length]
