"""What ties bodies together: memberships, mandates, programmes, a network's terms."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.fields import ApproxCountField
from cms.core.periods import Period, PeriodQuerySet
from cms.core.refusals import sentence
from cms.core.sourced import Sourced
from cms.networks import rules
from cms.networks.models.organisations import NETWORK_KINDS, Organisation

ONLY_NETWORKS = {"kind__in": sorted(NETWORK_KINDS)}


class Membership(Period, Sourced):
    """A body's membership in a network; networks may be members of networks."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("applied")
        MEMBER = "member", _("member")
        LEFT = "left", _("left")

    network = models.ForeignKey(
        Organisation, verbose_name=_("network"), on_delete=models.PROTECT,
        related_name="memberships", limit_choices_to=ONLY_NETWORKS,
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="networks",
    )  # fmt: skip
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.MEMBER
    )
    basis = models.CharField(
        _("basis"), max_length=255, blank=True, help_text=_("e.g. the accession by signature")
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation"],
                condition=Q(status="member", ends=""),
                name="one_open_membership_per_network_and_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.network}"

    def clean(self) -> None:
        super().clean()
        if self.network_id is None or self.organisation_id is None:
            return
        refusal = rules.refusal_of_membership(
            network_is_one=self.network.is_network, same=self.network_id == self.organisation_id
        )
        if refusal:
            raise ValidationError({"network": sentence(refusal)})


class NetworkProfile(Sourced):
    """What a network states about itself as a network."""

    network = models.OneToOneField(
        Organisation, verbose_name=_("network"), on_delete=models.CASCADE,
        related_name="network_profile", limit_choices_to=ONLY_NETWORKS,
    )  # fmt: skip
    stated_members = ApproxCountField(
        _("stated number of members"),
        help_text=_("Shown until the register of members is complete."),
    )
    register_complete = models.BooleanField(_("register of members is complete"), default=False)
    member_kinds = models.CharField(_("kinds of members"), max_length=255, blank=True)
    membership_fee = models.DecimalField(
        _("membership fee in euros a year"), max_digits=8, decimal_places=2, null=True, blank=True,
        help_text=_("0 means free of charge; empty means unknown."),
    )  # fmt: skip
    further_members = models.CharField(_("further members not named"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("network profile")
        verbose_name_plural = _("network profiles")

    def __str__(self) -> str:
        return str(self.network)


class Mandate(Period, Sourced):
    """Who does what for whom, and since when: advice, office, carrier."""

    class Kind(models.TextChoices):
        ADVICE = "advice", _("professional advice")
        OFFICE = "office", _("network office")
        CARRIER = "carrier", _("carrier")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    mandator = models.ForeignKey(
        Organisation, verbose_name=_("for"), on_delete=models.PROTECT, related_name="mandates"
    )
    holder = models.ForeignKey(
        Organisation, verbose_name=_("held by"), on_delete=models.PROTECT,
        related_name="held_mandates",
    )  # fmt: skip
    basis = models.CharField(_("basis"), max_length=255, blank=True)
    cost_for_members = models.DecimalField(
        _("cost for members in euros"), max_digits=8, decimal_places=2, null=True, blank=True,
        help_text=_("0 means free of charge; empty means unknown."),
    )  # fmt: skip
    audience_text = models.TextField(_("for whom"), blank=True, help_text=_("One per line."))
    services = models.TextField(_("services"), blank=True, help_text=_("One per line."))
    predecessor = models.CharField(
        _("predecessor"), max_length=255, blank=True, help_text=_("Empty means unknown.")
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.holder} – {self.mandator}"


class Programme(Period, Sourced):
    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("strategy")
        FUNDING_MEASURE = "funding_measure", _("funding measure")
        INITIATIVE = "initiative", _("initiative")
        PROGRAMME = "programme", _("programme")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="programmes"
    )
    funder = models.ForeignKey(
        Organisation, verbose_name=_("funded by"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="funded_programmes",
    )  # fmt: skip
    theme = models.CharField(_("theme"), max_length=255, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
