from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from cms.core import kernel
from cms.core.fields import FuzzyDateField
from cms.documents.grants import visible_pages
from cms.documents.reading import attachments_of, links_of
from cms.events import panels, rules, wording
from cms.events.blocks import QuestionStream, TextStream
from cms.events.errors import reject
from cms.events.forms import DocumentationForm
from cms.events.models.event import EventPage
from cms.events.releases import released_among
from cms.events.rules import (
    OPEN_CONCERNS,
    AppliesTo,
    ConcernKind,
    ConcernStatus,
    FindingKind,
)
from cms.networks.models import Organisation
from cms.networks.papers import NetworkPaper
from workflow.governed import GovernedPage

PER_PAGE = 20


class DocumentationTopic(TaggedItemBase):
    content_object = ParentalKey(
        "events.DocumentationPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class DocumentationIndexPage(Page):
    """All documentations, wherever they stand.

    Context: `documentations`, a page of a Paginator (`?seite=2`), the youngest first.
    """

    intro = RichTextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, panels.INTRO]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.DocumentationPage"]

    class Meta:
        verbose_name = _("overview of documentations")
        verbose_name_plural = _("overviews of documentations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        everywhere = DocumentationPage.objects.live().defer_streamfields()
        pages = kernel.visible(request.user, everywhere)
        ordered = pages.order_by("-documented_on", "title").select_related("event")
        listed = Paginator(ordered, PER_PAGE).get_page(request.GET.get("seite"))
        context["documentations"] = listed
        return context


class DocumentationPage(GovernedPage, NetworkPaper, Page):
    """What came of an event: numbers, findings, words, and concerns to follow up.

    Context: `event` (EventPage or None), `findings`, `quotes` (released ones
    only), `concerns` (each with `.uptakes`), `open_concerns` (a number),
    `attachments`, `links` (documents.reading.Link).
    """

    event = models.ForeignKey(
        EventPage, verbose_name=_("event"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="documentations",
    )  # fmt: skip
    lead = models.ForeignKey(
        Organisation, verbose_name=_("lead"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", help_text=_("The organisation responsible for the documentation."),
    )  # fmt: skip
    authors = models.CharField(
        _("authors"), max_length=300, blank=True, help_text=_("As they are to be named.")
    )
    documented_on = FuzzyDateField(
        _("date"), help_text=_("Of the documentation. Empty: the date of the event.")
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What readers should know in two or three sentences.")
    )
    participants_total = models.PositiveIntegerField(
        pgettext_lazy("event", "participants"),
        null=True,
        blank=True,
        help_text=_("Empty means unknown."),
    )
    municipal_representatives = models.PositiveIntegerField(
        _("of these for municipalities"), null=True, blank=True
    )
    municipalities = models.PositiveIntegerField(
        _("municipalities represented"), null=True, blank=True
    )
    leading_questions = StreamField(
        QuestionStream(), verbose_name=_("leading questions"), blank=True
    )
    body = StreamField(TextStream(), verbose_name=_("text"), blank=True)
    topics = ClusterTaggableManager(
        through=DocumentationTopic, verbose_name=_("topics"), blank=True
    )

    base_form_class = DocumentationForm
    edit_handler = panels.DOCUMENTATION
    parent_page_types = [
        "events.DocumentationIndexPage",
        "events.EventPage",
        "events.EventSeriesPage",
    ]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("documentation")
        verbose_name_plural = _("documentations")

    @property
    def open_concerns(self) -> int:
        """How many concerns still wait: wished, promised or planned."""
        return sum(concern.is_open for concern in self.concerns.all())

    def clean(self) -> None:
        super().clean()
        if not self.documented_on and self.event is not None:
            self.documented_on = self.event.takes_place_on
        reject(
            rules.refusals_of_attendance(
                participants=self.participants_total,
                representatives=self.municipal_representatives,
                municipalities=self.municipalities,
            )
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        quotes = self.quotes.select_related("organisation")
        quotes = quotes.prefetch_related("organisation__names")
        event = self.event
        if event is not None and not kernel.check(request.user, kernel.Verb.VIEW, event):
            event = None
        context.update(
            event=event,
            findings=list(self.findings.all()),
            quotes=released_among(self, quotes),
            concerns=self.concerns_for(request.user),
            open_concerns=self.open_concerns,
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )
        return context

    def concerns_for(self, user: Any) -> list["Concern"]:
        """Return the concerns; a result that is a draft or not for this person is not named."""
        fetched = self.concerns.select_related("result")
        concerns = list(fetched.prefetch_related("uptakes__organisation__names"))
        results = [one.result_id for one in concerns if one.result_id]
        pages = Page.objects.live().filter(pk__in=results)
        seen = set(pages.filter(visible_pages(user)).values_list("pk", flat=True))
        for concern in concerns:
            if concern.result_id not in seen:
                concern.result = None
        return concerns


class Finding(Orderable):
    page = ParentalKey(DocumentationPage, on_delete=models.CASCADE, related_name="findings")
    text = models.TextField(_("finding"))
    kind = models.CharField(
        _("kind"), max_length=16, choices=wording.choices(wording.FINDING_KINDS),
        default=FindingKind.OBSERVATION.value,
    )  # fmt: skip
    applies_to = models.CharField(
        _("applies to"), max_length=12, choices=wording.choices(wording.APPLIES_TO),
        default=AppliesTo.ALL.value,
    )  # fmt: skip
    evidence = models.CharField(
        _("what it rests on"), max_length=300, blank=True,
        help_text=_("For example: a contribution, a survey, the discussion."),
    )  # fmt: skip

    panels = panels.FINDING

    class Meta(Orderable.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return self.text


class Quote(Orderable):
    """Somebody's words. Shown only once whoever is quoted has released them."""

    # The address is read by the journey, by nobody who compares texts.
    not_shown = frozenset({"mail"})

    page = ParentalKey(DocumentationPage, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField(_("quotation"))
    speaker = models.CharField(_("who says it"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    mail = models.EmailField(
        _("e-mail for the release"), blank=True,
        help_text=_("We ask here for the release of these words. Never shown."),
    )  # fmt: skip
    released = models.BooleanField(
        _("released"), default=False, help_text=_("Whoever is quoted agrees with the wording.")
    )

    panels = panels.QUOTE

    class Meta(Orderable.Meta):
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        has_organisation = self.organisation_id is not None
        reject({"speaker": rules.refusal_of_quote(self.speaker, has_organisation=has_organisation)})


class Concern(ClusterableModel, Orderable):
    """A wish or follow-up voiced at an event, and what became of it.

    `result` is the page that came of it: linked only when an editor says so.
    """

    page = ParentalKey(DocumentationPage, on_delete=models.CASCADE, related_name="concerns")
    text = models.TextField(_("concern"))
    kind = models.CharField(
        _("kind"), max_length=16, choices=wording.choices(wording.CONCERN_KINDS),
        default=ConcernKind.CONTINUATION.value,
    )  # fmt: skip
    asked_by = models.CharField(_("asked by"), max_length=300, blank=True)
    formats = models.CharField(
        _("proposed formats"), max_length=300, blank=True,
        help_text=_("For example: rounds for big cities only."),
    )  # fmt: skip
    due = FuzzyDateField(_("due"))
    status = models.CharField(
        _("status"), max_length=24, choices=wording.choices(wording.CONCERN_STATUSES),
        default=ConcernStatus.WISHED.value,
    )  # fmt: skip
    result = models.ForeignKey(
        Page, verbose_name=_("what came of it"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    result_note = models.CharField(_("note on the result"), max_length=300, blank=True)

    panels = panels.CONCERN

    class Meta(Orderable.Meta):
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CONCERNS

    def clean(self) -> None:
        super().clean()
        has_result = self.result_id is not None
        reject(
            {
                "status": rules.refusal_of_concern(
                    self.status, has_result=has_result, note=self.result_note
                )
            }
        )


class ConcernUptake(Orderable):
    """An organisation that has taken a concern up, or declared that it is willing to."""

    concern = ParentalKey(Concern, on_delete=models.CASCADE, related_name="uptakes")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="concerns_taken_up",
    )  # fmt: skip

    panels = panels.UPTAKE

    class Meta(Orderable.Meta):
        verbose_name = _("taken up by")
        verbose_name_plural = _("taken up by")

    def __str__(self) -> str:
        return str(self.organisation)
