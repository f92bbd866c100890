"""Who may read what was imported: whoever it was meant for when it came in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.archive.models import ArchivePaper
from cms.core import kernel
from cms.core.kernel import Grant, Verb
from cms.documents.models import File
from cms.networks.papers import meant_for

VIEW = frozenset({Verb.VIEW})


def of_a_visible_paper(user: kernel.Somebody) -> Q:
    papers = kernel.visible(user, ArchivePaper.objects.all())
    return Q(archive_files__paper__in=papers.values("pk"))


def register() -> None:
    # To view and nothing else: not even the office edits what a source published.
    kernel.register(ArchivePaper, Grant(VIEW, meant_for, _("The paper was imported for them.")))
    kernel.register(
        File,
        Grant(VIEW, of_a_visible_paper, _("It belongs to an archive document they may see.")),
    )
