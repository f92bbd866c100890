from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.fields import ApproxCountField, FuzzyDateField
from cms.networks.models import Organisation
from cms.publications import panels
from cms.publications.models.publication import PublicationPage


class InfoMail(models.Model):
    """One issue of a network's information e-mails, as it was sent.

    `archive_page` is the issue as members read it later.
    """

    network = models.ForeignKey(
        Organisation, verbose_name=_("network"), on_delete=models.PROTECT,
        related_name="info_mails",
    )  # fmt: skip
    issue = models.CharField(_("issue"), max_length=60, help_text=_("For example: 2/2024."))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    topics = models.TextField(_("topics"), blank=True, help_text=_("One per line."))
    sent_on = FuzzyDateField(_("sent on"))
    sent_to = models.CharField(
        _("sent to"), max_length=200, blank=True, help_text=_("For example: all members.")
    )
    recipients = ApproxCountField(_("number of recipients"), blank=True)
    archive_page = models.ForeignKey(
        PublicationPage, verbose_name=_("archived as"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="info_mails",
    )  # fmt: skip

    panels = panels.INFO_MAIL

    class Meta:
        verbose_name = _("InfoMail")
        verbose_name_plural = _("InfoMails")
        ordering = ["network", "-sent_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "issue"],
                name="network_sends_each_issue_once",
                violation_error_message=_("This network already has an InfoMail with this issue."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.issue}"

    @property
    def topic_list(self) -> list[str]:
        return [line.strip() for line in self.topics.splitlines() if line.strip()]
