"""Who may see agreements, declarations and what is signed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.grants import office_only
from cms.agreements.models import (
    AccessionPage,
    AgreementIndexPage,
    AgreementPage,
    AgreementSeriesPage,
    DeclarationIndexPage,
    DeclarationPage,
    Signature,
    SigningRound,
)
from cms.core import kernel
from cms.core.kernel import Grant, Verb
from cms.networks.grants import of_own_organisation
from cms.networks.papers import register_open_page, register_paper


def of_a_visible_declaration(user: kernel.Somebody) -> Q:
    return Q(declaration__in=kernel.visible(user, DeclarationPage.objects.all()).values("pk"))


def of_a_visible_round(user: kernel.Somebody) -> Q:
    return Q(round__in=kernel.visible(user, SigningRound.objects.all()).values("pk"))


def register() -> None:
    for page in (AgreementIndexPage, AgreementSeriesPage, DeclarationIndexPage):
        register_open_page(page)
    for paper in (AgreementPage, DeclarationPage):
        register_paper(paper)
    register_paper(
        AccessionPage,
        Grant(
            frozenset({Verb.VIEW, Verb.EDIT, Verb.SUBMIT}),
            of_own_organisation,
            _("It is the request of their own organisation."),
        ),
    )
    view = frozenset({Verb.VIEW})
    keep = Grant(frozenset({Verb.VIEW, Verb.EDIT}), office_only, _("They keep the registers."))
    because = _("They may see the declaration.")
    kernel.register(SigningRound, Grant(view, of_a_visible_declaration, because), keep)
    kernel.register(Signature, Grant(view, of_a_visible_round, because), keep)
