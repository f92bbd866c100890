"""Pages on networks and the profiles of their members."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from cms.core.fields import ApproxCountField
from cms.core.papers import filing_panel
from cms.core.refusals import sentence
from cms.networks import rules
from cms.networks.models.organisations import Organisation
from cms.networks.models.people import Person
from cms.networks.models.ties import ONLY_NETWORKS
from cms.networks.papers import NetworkPaper
from cms.networks.reading import directory, memberships_of, network_at_a_glance
from workflow.governed import GovernedPage

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class NetworkIndexPage(Page):
    """All networks. Context: `networks`, the pages below, by title."""

    max_count = 1
    subpage_types = ["networks.NetworkPage"]
    intro = models.TextField(_("introduction"), blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("overview of networks")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = NetworkPage.objects.child_of(self).live().order_by("title")
        context["networks"] = pages.select_related("organisation__network_profile")
        return context


class NetworkPage(Page):
    """A network presents itself.

    Context: `profile` (NetworkProfile or None), `members` (open memberships with
    organisations and names), `formats`, `criteria` (newest CriteriaList or None),
    `offices` with their present `posts`, `mandates`.
    """

    parent_page_types = ["networks.NetworkIndexPage"]
    subpage_types: list[str] = []
    organisation = models.OneToOneField(
        Organisation, verbose_name=_("network"), on_delete=models.PROTECT,
        related_name="network_page", limit_choices_to=ONLY_NETWORKS,
    )  # fmt: skip
    intro = models.TextField(_("introduction"), blank=True)
    body = RichTextField(_("text"), blank=True, features=TEXT_FEATURES)

    content_panels = [
        *Page.content_panels,
        FieldPanel("organisation"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("network page")
        verbose_name_plural = _("network pages")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | network_at_a_glance(self.organisation)


class MemberIndexPage(Page):
    """The members' directory. Context: `members` (page of MemberPage), `kinds`, `letters`."""

    max_count = 1
    subpage_types = ["networks.MemberPage"]
    intro = models.TextField(_("introduction"), blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("members' directory")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        members = MemberPage.objects.child_of(self)
        return context | directory(members, request)


class MemberPage(GovernedPage, NetworkPaper, Page):
    """A member's profile, edited by the member itself and checked by the office."""

    class Strategy(models.TextChoices):
        YES = "yes", _("yes")
        PLANNED = "planned", _("planned")
        NO = "no", _("no")
        UNKNOWN = "", _("unknown")

    class Recognition(models.TextChoices):
        CARD = "card", _("takes part in the volunteer card")
        CARD_PLANNED = "card_planned", _("plans to introduce the card")
        COMPARABLE = "comparable", _("comparable form of recognition")
        UNKNOWN = "", _("unknown")

    parent_page_types = ["networks.MemberIndexPage"]
    subpage_types: list[str] = []
    organisation = models.OneToOneField(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="member_page",
    )  # fmt: skip
    inhabitants = ApproxCountField(_("inhabitants"))
    contact = models.ForeignKey(
        Person, verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("Shown only where the person's contact may be published."),
    )  # fmt: skip
    intro = models.TextField(_("in short"), blank=True)
    strategy = models.CharField(
        _("engagement strategy"), max_length=10, choices=Strategy.choices, blank=True
    )
    strategy_link = models.URLField(_("link to the strategy"), blank=True)
    structures = models.TextField(
        _("structures"), blank=True, help_text=_("e.g. staff unit, round table. One per line.")
    )
    topics = models.TextField(_("focus topics"), blank=True, help_text=_("One per line."))
    recognition = models.CharField(
        _("recognition of engagement"), max_length=16, choices=Recognition.choices, blank=True
    )
    recognition_year = models.PositiveSmallIntegerField(_("card from"), null=True, blank=True)
    recognition_text = models.TextField(_("comparable form"), blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("inhabitants"),
                FieldPanel("intro"),
                FieldPanel("contact"),
            ],
            heading=_("Who we are"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("strategy"),
                FieldPanel("strategy_link"),
                FieldPanel("structures"),
                FieldPanel("topics"),
            ],
            heading=_("How we promote engagement"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("recognition"),
                FieldPanel("recognition_year"),
                FieldPanel("recognition_text"),
            ],
            heading=_("Recognition"),
            help_text=_("Criterion 4: the card, a planned card with its year, or the like."),
        ),
        InlinePanel("practice_examples", label=_("practice example"), heading=_("Practice")),
        InlinePanel("attachments", label=_("attachment"), heading=_("Attachments")),
    ]
    promote_panels = [filing_panel("network"), *Page.promote_panels]

    class Meta:
        verbose_name = _("member profile")
        verbose_name_plural = _("member profiles")

    def clean(self) -> None:
        super().clean()
        refusal = rules.refusal_of_recognition(
            self.recognition, year=self.recognition_year, description=self.recognition_text
        )
        if refusal is rules.Refusal.CARD_YEAR_MISSING:
            raise ValidationError({"recognition_year": sentence(refusal)})
        if refusal:
            raise ValidationError({"recognition_text": sentence(refusal)})

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["memberships"] = memberships_of(self.organisation)
        context["structure_list"] = self.structures.splitlines()
        context["topic_list"] = self.topics.splitlines()
        return context


class PracticeExample(Orderable):
    page = ParentalKey(MemberPage, on_delete=models.CASCADE, related_name="practice_examples")
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    link = models.URLField(_("link"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("practice example")
        verbose_name_plural = _("practice examples")

    def __str__(self) -> str:
        return self.title
