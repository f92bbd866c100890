"""Who may open a file or a picture: whoever may see a page that carries it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from cms.accounts.grants import office_only
from cms.core import kernel
from cms.core.kernel import Grant, Verb
from cms.documents.models import File, Picture, Reference, StandardPage
from cms.networks.papers import register_open_page


def visible_pages(user: kernel.Somebody) -> Q:
    """Return the condition on `Page` rows that this person may see, over all page types."""
    either = Q(pk__in=[])
    for model in kernel.models():
        if issubclass(model, Page):
            either |= Q(pk__in=kernel.visible(user, model._default_manager.all()).values("pk"))
    return either


def on_a_visible_page(user: kernel.Somebody) -> Q | None:
    pages = Page.objects.filter(visible_pages(user)).values("pk")
    return Q(attachments__page_id__in=pages)


def used_on_a_visible_page(user: kernel.Somebody) -> Q | None:
    pages = Page.objects.filter(visible_pages(user))
    used = ReferenceIndex.objects.filter(
        to_content_type__app_label="documents", to_content_type__model="picture",
        base_content_type__app_label="wagtailcore", base_content_type__model="page",
        object_id__in=[str(pk) for pk in pages.values_list("pk", flat=True)],
    )  # fmt: skip
    return Q(pk__in=[int(pk) for pk in used.values_list("to_object_id", flat=True)])


def register() -> None:
    office = Grant(
        frozenset({Verb.VIEW, Verb.EDIT}),
        office_only,
        _("They work in the office or the ministry."),
    )
    view = frozenset({Verb.VIEW})
    kernel.register(
        File, office, Grant(view, on_a_visible_page, _("It hangs on a page they may see."))
    )
    kernel.register(
        Picture, office, Grant(view, used_on_a_visible_page, _("A page they may see shows it."))
    )
    kernel.register(Reference, office)
    register_open_page(StandardPage)
