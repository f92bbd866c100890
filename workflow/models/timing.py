from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.models.journey import Journey, Stage
from workflow.rules.timing import AppointmentKind, FollowUpKind
from workflow.wording import APPOINTMENT_KIND, FOLLOW_UP_KIND


class Appointment(models.Model):
    """What has to happen in a stage at a moment: a reminder, an escalation, consent by silence.

    A row, so that no broker and no timer can lose it; it belongs to one opening
    of its stage and is done once.
    """

    wagtail_reference_index_ignore = True

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="appointments")
    opening = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=12, choices=[(kind.value, APPOINTMENT_KIND[kind]) for kind in AppointmentKind]
    )
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "opening", "kind", "due_at"], name="an_appointment_stands_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="appointments_not_done")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.stage}"


class FollowUp(models.Model):
    """A person's own reminder on a paper; nobody else sees it."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follow_ups"
    )
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(
        _("when"), max_length=20,
        choices=[(kind.value, FOLLOW_UP_KIND[kind]) for kind in FollowUpKind],
    )  # fmt: skip
    # Empty while the deadline it hangs on is not known yet.
    due_on = models.DateField(_("on"), null=True, blank=True)
    note = models.CharField(pgettext_lazy("follow-up", "note"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "journey", "kind", "due_on"], name="a_follow_up_is_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.journey}: {self.get_kind_display()}"
