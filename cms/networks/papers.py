"""The mixin of every paper that belongs to a network, and who may read such papers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.accounts.grants import office_only
from cms.core import kernel
from cms.core.kernel import Grant, Verb
from cms.core.papers import Audience, Paper
from cms.core.refusals import sentence
from cms.networks.rules import Refusal


class NetworkPaper(Paper):
    network = models.ForeignKey(
        "networks.Organisation", verbose_name=_("network"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind__in": ["network", "network_of_networks", "competence_network"]},
        help_text=_("Whose paper this is; for the audience “Members”, whose members may read it."),
    )  # fmt: skip

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.audience == Audience.MEMBERS and self.network_id is None:
            raise ValidationError({"network": sentence(Refusal.NETWORK_MISSING)})

    def audience_tokens(self) -> frozenset[str]:
        if self.audience == Audience.MEMBERS:
            return frozenset({f"network:{self.network_id}", "office"})
        return super().audience_tokens()


def published_to(user: kernel.Somebody) -> Q:
    """Return the condition "published, and meant for somebody like this person"."""
    return Q(live=True) & meant_for(user)


def meant_for(user: kernel.Somebody) -> Q:
    """Return the rule of `NetworkPaper.audience_tokens` as a condition on rows."""
    tokens = kernel.tokens_for(user)
    if "office" in tokens:
        return Q()
    meant = Q(audience=Audience.PUBLIC)
    if networks := _ids(tokens, "network"):
        meant |= Q(audience=Audience.MEMBERS, network_id__in=networks)
    if groups := _ids(tokens, "group"):
        meant |= Q(audience=Audience.GROUP, audience_group_id__in=groups)
    return meant


def _ids(tokens: frozenset[str], kind: str) -> list[int]:
    return sorted(int(token.partition(":")[2]) for token in tokens if token.startswith(f"{kind}:"))


def register_paper(model: type[models.Model], *more: Grant) -> None:
    """Give a paper's page type the usual grants; a chapter may add its own.

    Readers see what is published to them; the office and the ministry see and
    write drafts as well.
    """
    kernel.register(
        model,
        Grant(frozenset({Verb.VIEW}), published_to, _("The paper is published to them.")),
        Grant(
            frozenset({Verb.VIEW, Verb.EDIT, Verb.SUBMIT}),
            office_only,
            _("They work in the office or the ministry."),
        ),
        *more,
    )


def register_open_page(model: type[models.Model]) -> None:
    """Give a page type without an audience (index pages, texts) to everybody once live."""

    def live(user: Any) -> Q:
        return Q(live=True)

    kernel.register(
        model,
        Grant(frozenset({Verb.VIEW}), live, _("The page is public.")),
        Grant(
            frozenset({Verb.VIEW, Verb.EDIT, Verb.SUBMIT}),
            office_only,
            _("They work in the office or the ministry."),
        ),
    )
