"""Signing rounds and signatures: records beside the page, never part of a draft."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.agreements import panels, wording
from cms.agreements.errors import reject
from cms.agreements.models.declaration import DeclarationPage, DeclarationText
from cms.agreements.rules import (
    ROUND_UNDER_WAY,
    Channel,
    Refusal,
    RoundKind,
    RoundStatus,
    SignatoryKind,
    SignatureStatus,
    refusal_of_end,
    refusal_of_withdrawal,
    signed_of,
)
from cms.core.fields import ApproxCountField, FuzzyDateField
from cms.core.sourced import Sourced
from cms.documents.models import File
from cms.networks.models import Organisation, Person


class SigningRound(ClusterableModel, Sourced):
    """One occasion on which a declaration is signed: the first signing or an accession."""

    declaration = models.ForeignKey(
        DeclarationPage, verbose_name=_("declaration"), on_delete=models.PROTECT,
        related_name="rounds",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    kind = models.CharField(
        _("kind"), max_length=16, choices=wording.choices(wording.ROUND_KINDS),
        default=RoundKind.ACCESSION.value,
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    window_from = FuzzyDateField(_("open from"))
    window_to = FuzzyDateField(_("open until"))
    ceremony = FuzzyDateField(_("signed on"), help_text=_("The day of the joint signing."))
    place = models.CharField(_("place"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=wording.choices(wording.ROUND_STATUSES),
        default=RoundStatus.PLANNED.value,
    )  # fmt: skip
    text_version = models.ForeignKey(
        DeclarationText, verbose_name=_("text version"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="rounds",
        help_text=_("The text that is signed in this round."),
    )  # fmt: skip

    panels = panels.SIGNING_ROUND

    class Meta:
        verbose_name = _("signing round")
        verbose_name_plural = _("signing rounds")
        ordering = ["declaration", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "number"],
                name="declaration_counts_its_rounds",
                violation_error_message=wording.REFUSALS[Refusal.NUMBER_HAS_ROUNDS],
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def signed_count(self) -> tuple[int, int] | None:
        """How many have signed, of how many were asked: “9 of 14”, while the round is under way.

        None afterwards, and where some signatories are known by number only: what is on
        record is not the whole then.
        """
        if self.status not in ROUND_UNDER_WAY or self.unnamed.all():
            return None
        return signed_of([signature.status for signature in self.signatures.all()])

    def clean(self) -> None:
        super().clean()
        ends = refusal_of_end(self.window_from, self.window_to)
        foreign = self.text_version is not None and self.text_version.page_id != self.declaration_id
        reject(
            window_to=Refusal.WINDOW_ENDS_BEFORE_START if ends else None,
            text_version=Refusal.TEXT_OF_OTHER_DECLARATION if foreign else None,
        )


class Signature(Orderable):
    """One organisation's signature. A withdrawal is added to the row, never taken from it."""

    round = ParentalKey(SigningRound, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="signatures",
    )  # fmt: skip
    signatory = models.ForeignKey(
        Person, verbose_name=_("signatory"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="signatures",
    )  # fmt: skip
    capacity = models.CharField(
        _("capacity"), max_length=200, blank=True,
        help_text=_("In which office, for example: mayor, minister."),
    )  # fmt: skip
    signed_on = FuzzyDateField(
        _("signed on"), help_text=_("Empty: on the day of the round, as far as it is known.")
    )
    channel = models.CharField(
        _("channel"), max_length=12, choices=wording.choices(wording.CHANNELS),
        default=Channel.UNKNOWN.value,
    )  # fmt: skip
    status = models.CharField(
        _("status"), max_length=16, choices=wording.choices(wording.SIGNATURE_STATUSES),
        default=SignatureStatus.INVITED.value,
    )  # fmt: skip
    acts_on_behalf_of = models.ForeignKey(
        Organisation, verbose_name=_("acts on behalf of"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    evidence = models.ForeignKey(
        File, verbose_name=_("evidence"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", help_text=_("Never public: the register shows no image of a signature."),
    )  # fmt: skip
    withdrawn_on = FuzzyDateField(_("withdrawn on"))
    withdrawal_reason = models.CharField(_("reason for the withdrawal"), max_length=300, blank=True)

    panels = panels.SIGNATURE

    class Meta(Orderable.Meta):
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                name="round_has_each_organisation_once",
                violation_error_message=_("This organisation is already in this round."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_status_display()})"

    def clean(self) -> None:
        super().clean()
        reject(
            withdrawn_on=refusal_of_withdrawal(
                self.status, signed_on=self.signed_on, withdrawn_on=self.withdrawn_on
            )
        )


class SignatoryCount(Orderable):
    """Signatories of whom only the number is known: “ten municipalities”."""

    round = ParentalKey(SigningRound, on_delete=models.CASCADE, related_name="unnamed")
    kind = models.CharField(
        _("kind"), max_length=20, choices=wording.choices(wording.SIGNATORY_KINDS),
        default=SignatoryKind.MUNICIPALITY.value,
    )  # fmt: skip
    count = ApproxCountField(_("how many"), blank=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    panels = panels.SIGNATORY_COUNT

    class Meta(Orderable.Meta):
        verbose_name = _("signatories known by number only")
        verbose_name_plural = _("signatories known by number only")

    def __str__(self) -> str:
        return f"{self.count} {self.get_kind_display()}"
