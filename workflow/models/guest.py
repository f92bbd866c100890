from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.journey import Participant


class GuestLink(models.Model):
    """A personal link for somebody without an account: one person, one stage, one text.

    Neither the link nor the code sent to open it can be read from here: only
    their digests are kept.
    """

    wagtail_reference_index_ignore = True

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="guest_links"
    )
    # A stage that is opened again asks anew, by another link.
    opening = models.PositiveSmallIntegerField()
    token_digest = models.CharField(max_length=64, unique=True)
    content_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("guest link")
        verbose_name_plural = _("guest links")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.participant)
