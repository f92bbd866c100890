from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models.journey import Participant, Stage
from workflow.rules.states import Answer, Channel
from workflow.wording import ANSWERED, CHANNEL


class Decision(models.Model):
    """What a participant answered, on which text.

    It holds for one text: when the text changes it lapses, it is not deleted.
    The revision is kept as long as the decision (Wagtail's purge passes it by).
    """

    wagtail_reference_index_ignore = True

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="decisions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(
        _("answer"), max_length=20,
        choices=[(answer.value, ANSWERED[answer]) for answer in Answer],
    )  # fmt: skip
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_by_label = models.CharField(max_length=200)
    # The person in whose place a deputy answered.
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("in place of"),
    )  # fmt: skip
    acting_for_label = models.CharField(max_length=200, blank=True)
    channel = models.CharField(
        _("channel"), max_length=12, default=Channel.DESK.value,
        choices=[(channel.value, CHANNEL[channel]) for channel in Channel],
    )  # fmt: skip
    # The earlier answer of the same person that this one says again of the changed text.
    confirms = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant_label = models.CharField(max_length=200)
    on_behalf_of_kind = models.CharField(max_length=40, blank=True)
    on_behalf_of_key = models.CharField(max_length=250, blank=True)
    on_behalf_of_label = models.CharField(_("for"), max_length=200, blank=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content_digest = models.CharField(max_length=64)
    comment = models.TextField(_("comment"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    lapsed_at = models.DateTimeField(_("lapsed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(lapsed_at__isnull=True),
                name="a_participant_answers_once",
            ),
            models.CheckConstraint(
                condition=~Q(content_digest=""), name="a_decision_names_its_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_by_label}: {self.get_answer_display()}"
