from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from cms.agreements import panels, wording
from cms.agreements.chain import Chain, chain_of
from cms.agreements.errors import reject
from cms.agreements.rules import Refusal, SeriesKind, SeriesRelationKind
from cms.core import kernel
from cms.documents.reading import links_of
from cms.networks.models import Organisation


class AgreementSeriesPage(Page):
    """A chain of agreements between the same parties on the same matter.

    Two chains that may or may not be one are kept as two: `relations` says so,
    and the editor's note says why. The chain may have gaps, see chain.py.

    Context: `chain` (see chain.Chain), `standing_parties`, `relations`, `links`: lists.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=wording.choices(wording.SERIES_KINDS),
        default=SeriesKind.COOPERATION.value,
    )  # fmt: skip
    subject = models.TextField(
        _("subject matter"),
        blank=True,
        help_text=_("What the parties agree on, in one or two sentences."),
    )
    basis_of = models.ForeignKey(
        Organisation, verbose_name=_("basis of the network"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="agreement_series_as_basis",
        help_text=_("The network that rests on these agreements."),
    )  # fmt: skip
    editors_note = RichTextField(
        _("editor's note"), blank=True, features=["bold", "italic", "link"],
        help_text=_("What readers should know about sources, gaps and open questions. Public."),
    )  # fmt: skip

    edit_handler = panels.SERIES
    parent_page_types = ["agreements.AgreementIndexPage"]
    subpage_types = ["agreements.AgreementPage"]

    class Meta:
        verbose_name = _("series of agreements")
        verbose_name_plural = _("series of agreements")

    def chain(self, user: Any) -> Chain:
        """Return the chain as this person may see it."""
        return chain_of(self, user)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = kernel.visible(request.user, AgreementSeriesPage.objects.live())
        visible = set(others.values_list("pk", flat=True))
        relations = self.relations.select_related("other")
        parties = self.standing_parties.select_related("organisation")
        context["chain"] = self.chain(request.user)
        context["standing_parties"] = list(parties.prefetch_related("organisation__names"))
        context["links"] = links_of(request.user, self) if self.pk else []
        context["relations"] = [one for one in relations if one.other_id in visible]
        return context


class StandingParty(Orderable):
    series = ParentalKey(
        AgreementSeriesPage, on_delete=models.CASCADE, related_name="standing_parties"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    capacity = models.CharField(
        _("capacity"), max_length=200, blank=True, help_text=_("For example: for the Land.")
    )

    panels = panels.STANDING_PARTY

    class Meta(Orderable.Meta):
        verbose_name = _("standing party")
        verbose_name_plural = _("standing parties")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "organisation"],
                name="series_names_each_standing_party_once",
                violation_error_message=_("This organisation is already a party."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class SeriesRelation(Orderable):
    """What one chain has to do with another; "unclear" is an answer too."""

    series = ParentalKey(AgreementSeriesPage, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(
        AgreementSeriesPage, verbose_name=_("other series"), on_delete=models.CASCADE,
        related_name="relations_from_others",
    )  # fmt: skip
    kind = models.CharField(
        _("relation"), max_length=20, choices=wording.choices(wording.SERIES_RELATIONS),
        default=SeriesRelationKind.UNCLEAR.value,
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)

    panels = panels.SERIES_RELATION

    class Meta(Orderable.Meta):
        verbose_name = _("related series")
        verbose_name_plural = _("related series")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other}"

    def clean(self) -> None:
        super().clean()
        same = self.series_id is not None and self.series_id == self.other_id
        reject(other=Refusal.RELATED_TO_ITSELF if same else None)
