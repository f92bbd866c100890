from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.networks.models import Organisation
from cms.publications import panels, rules, wording
from cms.publications.errors import reject
from cms.publications.models.publication import PublicationPage
from cms.publications.rules import SurveyState


class Survey(models.Model):
    """A survey among members: when it is open, and where its results are published."""

    title = models.CharField(_("title"), max_length=200)
    network = models.ForeignKey(
        Organisation, verbose_name=_("network"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="surveys",
    )  # fmt: skip
    addressed_to = models.CharField(_("for whom"), max_length=300, blank=True)
    opens_on = models.DateField(_("open from"), null=True, blank=True)
    closes_on = models.DateField(_("open until"), null=True, blank=True)
    anonymous = models.BooleanField(
        _("anonymous"), default=True, help_text=_("No answer can be traced to who gave it.")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=wording.choices(wording.SURVEY_STATES),
        default=SurveyState.DRAFT.value,
    )  # fmt: skip
    results = models.ForeignKey(
        PublicationPage, verbose_name=_("results"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="surveys",
    )  # fmt: skip

    panels = panels.SURVEY

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_on", "title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        stored = Survey.objects.filter(pk=self.pk).values_list("state", flat=True).first()
        reject(
            {
                "closes_on": rules.refusal_of_window(self.opens_on, self.closes_on),
                "state": rules.refusal_of_survey_state(
                    stored,
                    self.state,
                    has_window=self.opens_on is not None and self.closes_on is not None,
                    has_results=self.results_id is not None,
                ),
            }
        )
