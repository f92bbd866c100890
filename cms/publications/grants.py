"""Who may see publications, surveys and newsletters."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.grants import office_only
from cms.core import kernel
from cms.core.kernel import Grant, Verb
from cms.networks.papers import register_open_page, register_paper
from cms.publications.models import InfoMail, PublicationIndexPage, PublicationPage, Survey


def with_visible_results(user: kernel.Somebody) -> Q:
    return Q(results__in=kernel.visible(user, PublicationPage.objects.all()).values("pk"))


def with_visible_archive_page(user: kernel.Somebody) -> Q:
    return Q(archive_page__in=kernel.visible(user, PublicationPage.objects.all()).values("pk"))


def register() -> None:
    register_open_page(PublicationIndexPage)
    register_paper(PublicationPage)
    view = frozenset({Verb.VIEW})
    keep = Grant(frozenset({Verb.VIEW, Verb.EDIT}), office_only, _("They keep the registers."))
    kernel.register(
        Survey, Grant(view, with_visible_results, _("They may read its results.")), keep
    )
    kernel.register(
        InfoMail, Grant(view, with_visible_archive_page, _("They may read its page.")), keep
    )
