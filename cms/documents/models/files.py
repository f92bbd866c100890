"""Uploads. Stored under a name of ours; the name it came with is only a title."""

import hashlib
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.core.refusals import sentence
from cms.documents import rules


def place_of_file(instance: "File", filename: str) -> str:
    """Return where an upload is stored: a random name, the extension only."""
    name = uuid4().hex
    return f"files/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:8]}"


def is_new_upload(file: Any) -> bool:
    """Return whether a field holds bytes that have not been stored yet."""
    return bool(file) and not file._committed


class File(AbstractDocument):
    """A document file. `title` is what people call it, `original_name` how it came in."""

    class TextState(models.TextChoices):
        WAITING = "waiting", _("text is being read")
        READ = "read", _("text is searchable")
        NONE = "none", _("no text")
        SCAN = "scan", _("no text (scan)")
        PROTECTED = "protected", _("protected by a password, text cannot be read")
        TOO_LARGE = "too_large", _("too large or too slow, text was not read")
        FAILED = "failed", _("text could not be read")

    file = models.FileField(_("file"), upload_to=place_of_file)
    original_name = models.CharField(_("original name"), max_length=255, blank=True)
    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True, db_index=True)
    media_type = models.CharField(_("type by content"), max_length=120, blank=True)
    text_state = models.CharField(
        _("text"), max_length=10, choices=TextState.choices, default=TextState.WAITING
    )
    text_message = models.CharField(_("note on the text"), max_length=255, blank=True)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def clean(self) -> None:
        super().clean()
        if not self.file:
            return
        self.file.seek(0)
        data = self.file.read()
        self.file.seek(0)
        if refusal := rules.refusal_of_upload(data, self.file_extension.lower()):
            raise ValidationError({"file": sentence(refusal)})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if is_new_upload(self.file):
            self._look_at(self.file)
        super().save(*args, **kwargs)

    def _look_at(self, upload: Any) -> None:
        """Note digest, size and type of a new upload; its text is read later."""
        upload.seek(0)
        data = upload.read()
        upload.seek(0)
        self.original_name = PurePath(upload.name).name[:255]
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.file_size = len(data)
        self.media_type = rules.content_type(data, self.file_extension.lower())
        self.text_state = self.TextState.WAITING

    @property
    def url(self) -> str:
        return reverse("wagtaildocs_serve", args=[self.pk, self.filename])

    @property
    def filename(self) -> str:
        """The name a reader gets when saving the file."""
        return self.original_name or PurePath(str(self.file.name)).name

    @property
    def has_page_numbers(self) -> bool:
        """Whether its pages are the pages that a reader sees, and not pieces of the text."""
        return self.media_type == "application/pdf"

    @property
    def page_count(self) -> int:
        return self.pages.count()


class FilePage(models.Model):
    """The text of one page of a file, as the child process read it: untrusted text."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="file_page_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.file} p. {self.number}"


class Picture(AbstractImage):
    """An image with its credit; shown wherever a page that uses it may be seen."""

    sha256 = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    credit_line = models.CharField(_("credit line"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "rights_holder", "licence", "credit_line")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if is_new_upload(self.file):
            self.file.seek(0)
            self.sha256 = hashlib.sha256(self.file.read()).hexdigest()
            self.file.seek(0)
        super().save(*args, **kwargs)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_picture_and_filter",
            )
        ]
