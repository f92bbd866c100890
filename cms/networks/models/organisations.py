"""Bodies of every kind, their dated names and what is known about them."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.core.fields import ApproxCountField, FuzzyDateField
from cms.core.periods import Period
from cms.core.refusals import sentence
from cms.core.sourced import Sourced
from cms.networks import rules


class OrganisationKind(models.TextChoices):
    CITY = "city", _("town or city")
    MUNICIPALITY = "municipality", _("municipality")
    COUNTY = "county", _("county")
    DISTRICT_AUTHORITY = "district_authority", _("state district authority")
    LAND = "land", _("Land")
    MINISTRY = "ministry", _("ministry")
    FEDERAL_MINISTRY = "federal_ministry", _("federal ministry")
    DEPARTMENT = "department", _("department")
    ASSOCIATION = "association", _("association")
    MUNICIPAL_ASSOCIATION = "municipal_association", _("municipal association")
    ASSOCIATION_GROUP = "association_group", _("group of associations")
    NETWORK = "network", _("network")
    NETWORK_OF_NETWORKS = "network_of_networks", _("network of networks")
    COMPETENCE_NETWORK = "competence_network", _("competence network")
    COMPETENCE_CENTRE = "competence_centre", _("competence centre")
    FOUNDATION = "foundation", _("foundation")
    INSTITUTE = "institute", _("institute")
    UNIVERSITY_UNIT = "university_unit", _("university unit")


NETWORK_KINDS = frozenset(
    {
        OrganisationKind.NETWORK,
        OrganisationKind.NETWORK_OF_NETWORKS,
        OrganisationKind.COMPETENCE_NETWORK,
    }
)
MUNICIPAL_KINDS = frozenset(
    {OrganisationKind.CITY, OrganisationKind.MUNICIPALITY, OrganisationKind.COUNTY}
)


class Land(models.TextChoices):
    """The sixteen Länder by ISO 3166-2:DE."""

    BW = "BW", "Baden-Württemberg"
    BY = "BY", "Bayern"
    BE = "BE", "Berlin"
    BB = "BB", "Brandenburg"
    HB = "HB", "Bremen"
    HH = "HH", "Hamburg"
    HE = "HE", "Hessen"
    MV = "MV", "Mecklenburg-Vorpommern"
    NI = "NI", "Niedersachsen"
    NW = "NW", "Nordrhein-Westfalen"
    RP = "RP", "Rheinland-Pfalz"
    SL = "SL", "Saarland"
    SN = "SN", "Sachsen"
    ST = "ST", "Sachsen-Anhalt"
    SH = "SH", "Schleswig-Holstein"
    TH = "TH", "Thüringen"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def networks(self) -> Self:
        return self.filter(kind__in=NETWORK_KINDS)

    def with_names(self) -> Self:
        return self.prefetch_related("names")


class Organisation(ClusterableModel):
    """A body. Its names are dated rows; `present_name` is the one of today."""

    key = models.SlugField(
        _("key"), max_length=60, unique=True,
        help_text=_("A short, lasting key for addresses and imports; never shown in texts."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=24, choices=OrganisationKind.choices)
    land = models.CharField(_("Land"), max_length=2, choices=Land.choices, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="units",
    )  # fmt: skip
    ags = models.CharField(
        _("municipality key (AGS)"), max_length=8, blank=True,
        help_text=_("Eight digits; five for a county. Kept as identity, even when borders move."),
    )  # fmt: skip
    ars = models.CharField(_("regional key (ARS)"), max_length=12, blank=True)
    founded = FuzzyDateField(_("founded"))
    dissolved = FuzzyDateField(_("dissolved"))
    is_invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    note = models.CharField(_("editor's note"), max_length=500, blank=True)

    objects = OrganisationQuerySet.as_manager()
    # Where `__str__` finds the name; who prints many fetches it along.
    named_by = "names"

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.present_name

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        municipal = self.kind in MUNICIPAL_KINDS
        if refusal := rules.refusal_of_ags(self.ags, county=self.kind == OrganisationKind.COUNTY):
            errors["ags"] = sentence(refusal)
        elif self.ags and not municipal:
            errors["ags"] = _("Only municipalities and counties have a municipality key.")
        if self.ars and not (self.ars.isdigit() and len(self.ars) == 12):
            errors["ars"] = _("A regional key has twelve digits.")
        if self.parent_id and self.parent_id == self.pk:
            errors["parent"] = _("An organisation cannot be part of itself.")
        if self.dissolved.certainly_before(self.founded):
            errors["dissolved"] = _("The end lies before the start.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_network(self) -> bool:
        return self.kind in NETWORK_KINDS

    def name_on(self, day: date) -> str:
        """Return the name valid on a day; documents show the name of their time."""
        return rules.name_on(list(self.names.all()), day) or self.key

    @property
    def present_name(self) -> str:
        return self.name_on(timezone.localdate())

    @property
    def all_names(self) -> list[str]:
        """Every name this body has or had, the present one first."""
        present = self.present_name
        others = [name.name for name in self.names.all() if name.name != present]
        return [present, *others]


class OrganisationName(Period, Sourced):
    """One name, for a time. Two names without dates are aliases: both are found."""

    class Form(models.TextChoices):
        OFFICIAL = "official", _("official name")
        SHORT = "short", _("short name")
        ALIAS = "alias", _("another spelling")

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=255)
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.OFFICIAL)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class OrganisationRelation(Period, Sourced):
    class Kind(models.TextChoices):
        SUCCESSOR = "successor", _("is successor of")
        PART_OF = "part_of", _("is part of")
        CARRIER_OF = "carrier_of", _("is carrier of")
        FUNDS = "funds", _("funds")
        FOUNDED = "founded", _("founded")
        SUPPORTED = "supported", _("supported the founding of")
        INITIATED = "initiated", _("initiated")
        COORDINATES = "coordinates", _("coordinates")
        COOPERATES_WITH = "cooperates_with", _("cooperates with")
        MEMBER_OF = "member_of", _("is member of")
        SEAT_OF = "seat_of", _("is the seat of")

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=20, choices=Kind.choices)
    other = models.ForeignKey(
        Organisation, verbose_name=_("other organisation"), on_delete=models.PROTECT,
        related_name="reverse_relations",
    )  # fmt: skip

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.other}"

    def clean(self) -> None:
        super().clean()
        if self.other_id and self.other_id == self.organisation_id:
            raise ValidationError({"other": _("Please choose another organisation.")})


class OrganisationDetail(Sourced):
    class Kind(models.TextChoices):
        FIELD_OF_WORK = "field_of_work", _("field of work")
        RESEARCH_QUESTION = "research_question", _("research question")
        DIVISION = "division", _("division")
        DEGREE = "degree", _("degree")
        DUTY = "duty", _("duty")
        ROLE = "role", _("role")
        TOPIC = "topic", _("topic")

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="details")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=255)

    class Meta:
        verbose_name = _("detail")
        verbose_name_plural = _("details")

    def __str__(self) -> str:
        return self.text


class OrganisationFigure(Sourced):
    """A number that a source states about a body, or about the field as a whole."""

    organisation = ParentalKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="figures"
    )
    label = models.CharField(_("what is counted"), max_length=160)
    count = ApproxCountField(_("count"), blank=False)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("e.g. %"))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.label}: {self.count} {self.unit}".rstrip()


class OrganisationContact(models.Model):
    """Contact data stay apart from the body: published only where marked so."""

    class Kind(models.TextChoices):
        ADDRESS = "address", _("address")
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("telephone")
        WEBSITE = "website", _("website")

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=255)
    publish = models.BooleanField(_("may be published"), default=False)
    delete_on = models.DateField(_("delete on"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.value
