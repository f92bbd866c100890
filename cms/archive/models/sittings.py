"""Who dealt with an imported paper, and when they met."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.archive.models.imported import Imported
from cms.core.fields import FuzzyDateField


class ArchiveBody(Imported):
    """A committee or an office as its source names it.

    Not an organisation of our register: which of them is the same body nobody has said.
    """

    name = models.TextField(_("name"), blank=True)
    short_name = models.CharField(_("short name"), max_length=255, blank=True)
    # What earlier imports called it; papers are found under these names as well.
    former_names = models.JSONField(_("earlier names"), default=list, blank=True)
    classification = models.CharField(_("kind"), max_length=255, blank=True)
    starts = FuzzyDateField(_("from"))
    ends = FuzzyDateField(_("until"))

    class Meta(Imported.Meta):
        verbose_name = _("committee or office")
        verbose_name_plural = _("committees and offices")

    def __str__(self) -> str:
        return self.name or self.short_name or self.source_id

    @property
    def all_names(self) -> list[str]:
        """Every name this body had in any import, the latest first."""
        names = [self.name, self.short_name, *self.former_names]
        return [name for name in dict.fromkeys(names) if name]


class ArchiveMeeting(Imported):
    name = models.TextField(_("name"), blank=True)
    starts_at = models.DateTimeField(_("begin"), null=True, blank=True)
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=500, blank=True)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    bodies = models.ManyToManyField(
        ArchiveBody, verbose_name=_("committees and offices"), related_name="meetings", blank=True
    )

    class Meta(Imported.Meta):
        verbose_name = _("meeting of a committee")
        verbose_name_plural = _("meetings of committees")

    def __str__(self) -> str:
        return self.name or self.source_id


class Consultation(models.Model):
    """That a paper was on the agenda: in which meeting, before which bodies, what for."""

    paper = models.ForeignKey(
        "archive.ArchivePaper", on_delete=models.CASCADE, related_name="consultations"
    )
    number = models.PositiveIntegerField()
    meeting = models.ForeignKey(
        ArchiveMeeting, null=True, on_delete=models.SET_NULL, related_name="consultations"
    )
    bodies = models.ManyToManyField(ArchiveBody, related_name="consultations")
    role = models.CharField(_("what for"), max_length=255, blank=True)
    authoritative = models.BooleanField(_("decides"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="one_consultation_per_paper_and_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}.{self.number}"
