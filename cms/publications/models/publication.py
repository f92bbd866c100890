from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from cms.core import kernel
from cms.core.fields import FuzzyDateField
from cms.documents.grants import visible_pages
from cms.documents.reading import attachments_of, links_of
from cms.networks.models import Organisation
from cms.networks.papers import NetworkPaper
from cms.publications import panels, rules, wording
from cms.publications.errors import reject
from cms.publications.rules import PublicationKind
from workflow.governed import GovernedPage

PER_PAGE = 20
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextStream(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200, icon="h2")
    paragraph = blocks.RichTextBlock(label=_("Paragraph"), features=TEXT_FEATURES, icon="pilcrow")


class PublicationTopic(TaggedItemBase):
    content_object = ParentalKey(
        "publications.PublicationPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class PublicationIndexPage(Page):
    """All publications below this page.

    Context: `publications` (page of a Paginator, `?seite=2`, the youngest
    first), `kinds` ((value, label, number) for a filter), `kind` (the chosen
    one or "", `?art=brochure`).
    """

    intro = RichTextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, panels.INTRO]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["publications.PublicationPage"]

    class Meta:
        verbose_name = _("overview of publications")
        verbose_name_plural = _("overviews of publications")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        below = PublicationPage.objects.child_of(self).live().defer_streamfields()
        pages = kernel.visible(request.user, below)
        counted = pages.order_by().values("kind").annotate(number=models.Count("pk"))
        numbers = {row["kind"]: row["number"] for row in counted}
        kinds = wording.choices(wording.KINDS)
        kind = request.GET.get("art", "")
        if kind in dict(kinds):
            pages = pages.filter(kind=kind)
        ordered = pages.order_by("-published_on", "title")
        listed = ordered.prefetch_related("editors__organisation__names")
        context.update(
            publications=Paginator(listed, PER_PAGE).get_page(request.GET.get("seite")),
            kinds=[(value, label, numbers[value]) for value, label in kinds if value in numbers],
            kind=kind,
        )
        return context


class PublicationPage(GovernedPage, NetworkPaper, Page):
    """Something a network has published, with its imprint.

    Context: `editors` (PublicationEditor with names), `citations` (what the
    person may see of them: `.cited` or only `.text`), `attachments`, `links`
    (documents.reading.Link).
    """

    kind = models.CharField(
        _("kind"), max_length=16, choices=wording.choices(wording.KINDS),
        default=PublicationKind.DOCUMENTATION.value,
    )  # fmt: skip
    issue = models.CharField(
        _("issue"), max_length=60, blank=True, help_text=_("For example: 2/2024.")
    )
    authors = models.CharField(
        _("authors"), max_length=300, blank=True, help_text=_("As they are to be named.")
    )
    isbn = models.CharField(
        _("ISBN"), max_length=20, blank=True, help_text=_("With or without hyphens.")
    )
    doi = models.CharField(_("DOI"), max_length=120, blank=True)
    published_on = FuzzyDateField(_("published on"))
    language = models.CharField(
        _("language"), max_length=5, choices=wording.LANGUAGES, default="de"
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What readers should know in two or three sentences.")
    )
    body = StreamField(TextStream(), verbose_name=_("text"), blank=True)
    topics = ClusterTaggableManager(through=PublicationTopic, verbose_name=_("topics"), blank=True)

    edit_handler = panels.PUBLICATION
    parent_page_types = ["publications.PublicationIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def clean(self) -> None:
        super().clean()
        reject(
            {
                "isbn": rules.refusal_of_isbn(self.isbn),
                "doi": rules.refusal_of_doi(self.doi),
                "published_on": rules.refusal_of_date(
                    self.published_on, today=timezone.localdate()
                ),
            }
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        editors = self.editors.select_related("organisation")
        context.update(
            editors=list(editors.prefetch_related("organisation__names")),
            citations=self.citations_for(request.user),
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )
        return context

    def citations_for(self, user: Any) -> list["Citation"]:
        """Return the citations; a cited page the person may not see is left to its text."""
        citations = list(self.citations.select_related("cited"))
        pages = Page.objects.filter(pk__in=[one.cited_id for one in citations if one.cited_id])
        seen = set(pages.filter(visible_pages(user)).values_list("pk", flat=True))
        for citation in citations:
            if citation.cited_id not in seen:
                citation.cited = None
        return [citation for citation in citations if citation.cited or citation.text]


class PublicationEditor(Orderable):
    """An organisation that publishes it."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="editors")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="publications",
    )  # fmt: skip

    panels = panels.EDITOR

    class Meta(Orderable.Meta):
        verbose_name = _("publishing organisation")
        verbose_name_plural = _("publishing organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "organisation"],
                name="publication_names_each_editor_once",
                violation_error_message=_("This organisation is named already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Citation(Orderable):
    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="citations")
    cited = models.ForeignKey(
        Page, verbose_name=_("cited page"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    text = models.CharField(
        _("as text"), max_length=400, blank=True, help_text=_("For what is not kept here.")
    )

    panels = panels.CITATION

    class Meta(Orderable.Meta):
        verbose_name = _("cited source")
        verbose_name_plural = _("cited sources")

    def __str__(self) -> str:
        return self.text or str(self.cited)

    def clean(self) -> None:
        super().clean()
        same = self.cited_id is not None and self.cited_id == self.page_id
        has_page = self.cited_id is not None
        found = rules.refusal_of_citation(self.text, has_page=has_page, same=same)
        reject({"cited": found})
