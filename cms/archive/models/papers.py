"""An imported paper and its files."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.archive.models.imported import Imported
from cms.archive.models.sittings import ArchiveBody
from cms.archive.paging import pages_of
from cms.core.fields import FuzzyDateField
from cms.core.papers import Origin
from cms.documents.models import File
from cms.networks.papers import NetworkPaper


class ArchivePaper(Imported, NetworkPaper):
    """One paper of somebody else's archive, as its source describes it."""

    origin = models.CharField(
        _("origin"), max_length=12, choices=Origin.choices, default=Origin.IMPORTED
    )
    title = models.TextField(_("title"), blank=True)
    # In the words of the source: "Beschlussvorlage", "Antrag".
    kind = models.CharField(_("kind"), max_length=255, blank=True, db_index=True)
    dated = FuzzyDateField(_("date"))
    language = models.CharField(_("language"), max_length=10, default="de")
    directed_by = models.ManyToManyField(
        ArchiveBody, verbose_name=_("lead"), related_name="papers_led", blank=True
    )
    originators = models.ManyToManyField(
        ArchiveBody, verbose_name=_("brought in by"), related_name="papers_brought_in", blank=True
    )
    # Ids at the source of papers that this one belongs to, or that belong to it.
    related_ids = models.JSONField(_("belongs together with"), default=list, blank=True)

    class Meta(Imported.Meta):
        verbose_name = _("archive document")
        verbose_name_plural = _("archive documents")

    def __str__(self) -> str:
        return self.title or self.reference_number or gettext("Untitled")

    def get_absolute_url(self) -> str:
        return reverse("archive_paper", args=[self.pk])


class ArchiveFile(models.Model):
    """A file of an imported paper: kept here (`file`), or only its text and where it lies."""

    paper = models.ForeignKey(ArchivePaper, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=500)
    media_type = models.CharField(_("type"), max_length=120, blank=True)
    web = models.URLField(_("address at the source"), max_length=1000, blank=True)
    # The text as the source gave it; its pages are known where form feeds end them.
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(
        File, null=True, blank=True, on_delete=models.PROTECT, related_name="archive_files"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of an archive document")
        verbose_name_plural = _("files of archive documents")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="one_archive_file_per_paper_and_number"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pages(self) -> list[str]:
        """The text as it was imported, page by page; empty where its pages are not known."""
        return pages_of(self.text)

    @property
    def url(self) -> str:
        """Where a reader opens it: the file if it is kept here, else its text with the way out."""
        if self.file_id and self.file:
            return self.file.url
        return reverse("archive_text", args=[self.paper_id, self.number])
