from datetime import date
from typing import Any, cast

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.query import PageQuerySet

from cms.agreements import panels, wording
from cms.agreements.blocks import Article, ArticleBlock, articles
from cms.agreements.chain import Chain, build, chain_of
from cms.agreements.errors import reject
from cms.agreements.forms import AgreementForm
from cms.agreements.rules import (
    BEFORE_SIGNATURE,
    ApprovalStatus,
    PartySignature,
    Refusal,
    State,
    notice_deadline,
    refusal_of_end,
    refusal_of_notice,
    refusal_of_number,
    refusal_to_begin,
    refusal_to_renew,
    signed_of,
)
from cms.core.fields import FuzzyDateField
from cms.core.papers import Origin
from cms.core.sourced import Certainty, Sourced
from cms.documents.reading import attachments_of, links_of
from cms.networks.models import Organisation, Person
from cms.networks.papers import NetworkPaper
from workflow.governed import GovernedPage


class AgreementTopic(TaggedItemBase):
    content_object = ParentalKey(
        "agreements.AgreementPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class AgreementPage(GovernedPage, NetworkPaper, Sourced, Page):
    """One agreement of a series; the parent page is the series.

    `source`, `certainty` and `note` say how its dates are known. `state`
    belongs to the paper, not to one of its texts: it is left out of revisions,
    so that an old draft cannot bring an old state back.

    Context: `series`, `chain` (chain.Chain), `predecessor`, `successor`,
    `articles` (blocks.Article), `parties` (AgreementParty, organisation with
    names fetched), `signed_count`, `position` ("The fifth agreement"),
    `attachments`, `links` (documents.reading.Link).
    """

    number = models.PositiveSmallIntegerField(
        _("number in the series"), default=1,
        help_text=_("The first agreement of the series is number 1. Gaps may stay gaps."),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=24, choices=wording.choices(wording.STATES),
        default=State.DRAFTING.value,
        help_text=_("Follows from what is done with it. Chosen only at the beginning."),
    )  # fmt: skip
    concluded_on = FuzzyDateField(_("concluded on"))
    effective_from = FuzzyDateField(_("in force from"))
    effective_to = FuzzyDateField(_("in force until"))
    renewal_mode = models.CharField(
        _("end and renewal"), max_length=12, blank=True,
        choices=wording.choices(wording.RENEWAL_MODES), help_text=_("Empty means unknown."),
    )  # fmt: skip
    notice_period_months = models.PositiveSmallIntegerField(
        _("notice period in months"), null=True, blank=True, help_text=_("Empty means unknown.")
    )
    renews = models.ForeignKey(
        "self", verbose_name=_("renews"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="renewed_by",
        help_text=_("The agreement that this one replaces. Empty: the one with the number before."),
    )  # fmt: skip
    amends = ParentalManyToManyField(
        "self", verbose_name=_("amends"), blank=True, symmetrical=False, related_name="amended_by",
        help_text=_("Agreements of the same term whose text this one changes."),
    )  # fmt: skip
    preamble = RichTextField(_("preamble"), blank=True, features=["bold", "italic", "link"])
    body = StreamField(
        [("article", ArticleBlock())], verbose_name=_("articles"), blank=True,
        help_text=_("§ 1, § 2 and so on follow from the order."),
    )  # fmt: skip
    topics = ClusterTaggableManager(through=AgreementTopic, verbose_name=_("topics"), blank=True)

    not_text = frozenset({"state"})
    base_form_class = AgreementForm
    edit_handler = panels.AGREEMENT
    parent_page_types = ["agreements.AgreementSeriesPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    # --- what the revisions leave out ---------------------------------------
    def serializable_data(self) -> dict[str, Any]:
        content = super().serializable_data()
        content.pop("state", None)
        return content

    def with_content_json(self, content: dict[str, Any]) -> "AgreementPage":
        page = cast("AgreementPage", super().with_content_json(content))
        page.state = self.state
        return page

    # --- derived ------------------------------------------------------------
    @cached_property
    def articles(self) -> tuple[Article, ...]:
        return tuple(articles(self.body))

    @property
    def is_in_force(self) -> bool:
        return self.state == State.IN_FORCE

    @property
    def is_before_signature(self) -> bool:
        return self.state in BEFORE_SIGNATURE

    @property
    def is_gap(self) -> bool:
        """Whether no more is known than that it existed: no text, no date."""
        has_text = bool(self.preamble.strip()) or bool(self.body)
        dates = (self.concluded_on, self.effective_from, self.effective_to)
        return self.origin != Origin.MADE_HERE and not has_text and not any(dates)

    @property
    def dates_note(self) -> str:
        """How the dates are known, where a source does not simply state them."""
        sure = self.certainty == Certainty.STATED
        return ": ".join(filter(None, ["" if sure else self.get_certainty_display(), self.note]))

    @property
    def position(self) -> str:
        """“The fifth agreement”: counted from the chain, never typed."""
        return wording.position_in_chain(self.number)

    @property
    def is_current(self) -> bool:
        current = self.chain().current
        return current is not None and current.number == self.number

    @property
    def predecessor(self) -> "AgreementPage | None":
        return self.chain().before(self)

    @property
    def successor(self) -> "AgreementPage | None":
        return self.chain().after(self)

    @property
    def notice_deadline(self) -> date | None:
        """The last day on which notice can be given; None while a part is unknown."""
        return notice_deadline(self.effective_to, self.notice_period_months)

    @property
    def signed_count(self) -> tuple[int, int] | None:
        """How many parties have signed, of how many: “9 of 14”; None where it is not known."""
        return signed_of([party.signature_status for party in self.parties.all()])

    def chain(self) -> Chain:
        """Return the whole chain, also what is not published: for decisions, not for pages."""
        return build(list(self.siblings()))

    def siblings(self) -> PageQuerySet:
        """Return all agreements of the series, this one included once it is saved."""
        series = self.series_page()
        if series is None:
            return AgreementPage.objects.none()
        return AgreementPage.objects.child_of(series).order_by("number")

    def series_page(self) -> Page | None:
        """Return the series; for a page in the making the form has said which."""
        if self.path:
            return self.get_parent()
        return getattr(self, "_future_parent", None)

    def begin_from_parent(self) -> None:
        """Propose to a new page what its series says: the next number and the standing parties."""
        series = self.series_page()
        if series is None:
            return
        standing = series.specific.standing_parties.all()
        numbers = self.siblings().values_list("number", flat=True)
        self.number = max(numbers, default=0) + 1
        self.parties.add(
            *(
                AgreementParty(organisation=party.organisation, capacity=party.capacity, side=side)
                for side, party in enumerate(standing.select_related("organisation"), start=1)
            )
        )

    # --- rules --------------------------------------------------------------
    def clean(self) -> None:
        super().clean()
        siblings = [one for one in self.siblings().defer_streamfields() if one.pk != self.pk]
        made_here = self.origin == Origin.MADE_HERE
        reject(
            number=refusal_of_number(self.number, taken={one.number for one in siblings}),
            effective_to=refusal_of_end(self.effective_from, self.effective_to, self.renewal_mode),
            notice_period_months=refusal_of_notice(self.notice_period_months, self.renewal_mode),
            renews=self._refusal_of_renews(siblings),
            state=refusal_to_begin(self.state, made_here=made_here) if self._is_new() else None,
        )

    def _is_new(self) -> bool:
        """Whether nobody has saved a draft of it yet."""
        return self.latest_revision_id is None

    def _refusal_of_renews(self, siblings: list["AgreementPage"]) -> Refusal | None:
        if self.renews is None:
            return None
        return refusal_to_renew(
            self.number,
            self.renews.number,
            same=self.renews_id == self.pk,
            same_series=self.renews_id in {one.pk for one in siblings},
        )

    # --- page ---------------------------------------------------------------
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        series = self.get_parent().specific
        chain = chain_of(series, request.user)
        rows = self.parties.select_related("organisation", "signatory")
        parties = list(rows.prefetch_related("organisation__names"))
        context.update(
            series=series,
            chain=chain,
            predecessor=chain.before(self),
            successor=chain.after(self),
            position=self.position,
            articles=self.articles,
            parties=parties,
            signed_count=signed_of([party.signature_status for party in parties]),
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )
        return context


class AgreementParty(Orderable):
    """Who concludes the agreement; `side` groups those who stand together."""

    page = ParentalKey(AgreementPage, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="agreement_parties",
    )  # fmt: skip
    capacity = models.CharField(_("capacity"), max_length=200, blank=True)
    side = models.PositiveSmallIntegerField(
        _("side"), default=1, help_text=_("Parties on the same side have the same number.")
    )
    approval_status = models.CharField(
        pgettext_lazy("agreement", "approval"), max_length=20,
        choices=wording.choices(wording.APPROVALS), default=ApprovalStatus.OPEN.value,
    )  # fmt: skip
    signature_status = models.CharField(
        _("signature"), max_length=12, choices=wording.choices(wording.PARTY_SIGNATURES),
        default=PartySignature.OPEN.value,
    )  # fmt: skip
    signatory = models.ForeignKey(
        Person, verbose_name=_("signatory"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    signed_on = FuzzyDateField(_("signed on"))

    panels = panels.PARTY

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("agreement", "party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "organisation"],
                name="agreement_names_each_party_once",
                violation_error_message=_("This organisation is already a party."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def name(self) -> str:
        """The organisation's name of that time; its present one where the date is unknown."""
        day = self.page.concluded_on.latest
        return self.organisation.name_on(day) if day else self.organisation.present_name
