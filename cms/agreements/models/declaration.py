from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from cms.agreements import panels, wording
from cms.agreements.blocks import Article, ArticleBlock, articles
from cms.agreements.forms import DeclarationForm
from cms.agreements.register import Register, register_of
from cms.agreements.rules import BindingFor
from cms.core import kernel
from cms.core.fields import ApproxCountField, FuzzyDateField
from cms.documents.reading import attachments_of, links_of
from cms.networks.models import Organisation
from cms.networks.papers import NetworkPaper
from workflow.governed import GovernedPage

if TYPE_CHECKING:
    from cms.agreements.models.accession import AccessionPage


class DeclarationTopic(TaggedItemBase):
    content_object = ParentalKey(
        "agreements.DeclarationPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class DeclarationPage(GovernedPage, NetworkPaper, Page):
    """A joint declaration that many sign, in rounds, over years.

    Context: `text` (the present DeclarationText or None), `articles` of it,
    `texts` (all versions, the youngest first), `register` (register.Register),
    `rounds` (SigningRound by number), `accessions` (AccessionPage that the reader
    may see, by title), `may_edit` (whether drafts open in the editor),
    `attachments`, `links` (documents.reading.Link).
    """

    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What it is about, in two or three sentences.")
    )
    basis_of = models.ForeignKey(
        Organisation, verbose_name=_("basis of the network"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="declarations_as_basis",
        help_text=_("The network whose members sign this declaration."),
    )  # fmt: skip
    opened_on = FuzzyDateField(_("opened for signing on"))
    closed_for_accession = models.BooleanField(
        _("closed for accession"), default=False,
        help_text=_("Nobody else can accede any more."),
    )  # fmt: skip
    stated_total = ApproxCountField(
        _("number of signatories as stated"), blank=True,
        help_text=_("Shown until the register of signatories is complete."),
    )  # fmt: skip
    stated_total_note = models.CharField(
        _("note on this number"), max_length=300, blank=True,
        help_text=_("Whom it counts, for example: members, mostly municipalities."),
    )  # fmt: skip
    register_complete = models.BooleanField(
        _("register complete"), default=False,
        help_text=_("All signatories are on record. From then on they are counted."),
    )  # fmt: skip
    rhythm_note = models.CharField(
        _("rhythm of the signing rounds"), max_length=200, blank=True,
        help_text=_("A proposal for planning, for example: once a year. It binds nobody."),
    )  # fmt: skip
    editors_note = RichTextField(
        _("editor's note"), blank=True, features=["bold", "italic", "link"],
        help_text=_("What readers should know about sources, gaps and open questions. Public."),
    )  # fmt: skip
    topics = ClusterTaggableManager(through=DeclarationTopic, verbose_name=_("topics"), blank=True)

    base_form_class = DeclarationForm
    edit_handler = panels.DECLARATION
    parent_page_types = ["agreements.DeclarationIndexPage"]
    subpage_types = ["agreements.AccessionPage"]

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")

    @property
    def text(self) -> "DeclarationText | None":
        """The text in effect: the version with the highest number."""
        return max(self.texts.all(), key=lambda text: text.number, default=None)

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.text.articles if self.text else ()

    @property
    def register(self) -> Register:
        """Who has signed, computed from the rounds; see register.py."""
        return register_of(self)

    def accessions_for(self, user: kernel.Somebody) -> "list[AccessionPage]":
        """Return the requests for accession that this person may read, drafts included."""
        requests = apps.get_model("agreements", "AccessionPage").objects.child_of(self)
        return list(kernel.visible(user, requests.defer_streamfields()).order_by("title"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        texts = sorted(self.texts.all(), key=lambda text: text.number, reverse=True)
        register = self.register
        context.update(
            text=texts[0] if texts else None,
            articles=texts[0].articles if texts else (),
            texts=texts,
            register=register,
            rounds=register.rounds,
            accessions=self.accessions_for(request.user),
            may_edit=request.user.has_perm("wagtailadmin.access_admin"),
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )
        return context


class DeclarationText(Orderable):
    """One version of the text. A signature points to the version that was signed."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField(pgettext_lazy("declaration", "version"), default=1)
    adopted_on = FuzzyDateField(_("adopted on"))
    binding_for = models.CharField(
        _("binding"), max_length=24, choices=wording.choices(wording.BINDINGS),
        default=BindingFor.ALL.value,
        help_text=_("What the new text means for those who signed an earlier one."),
    )  # fmt: skip
    preamble = RichTextField(_("preamble"), blank=True, features=["bold", "italic", "link"])
    body = StreamField(
        [("article", ArticleBlock())], verbose_name=_("articles"), blank=True,
        help_text=_("§ 1, § 2 and so on follow from the order."),
    )  # fmt: skip

    panels = panels.DECLARATION_TEXT

    class Meta(Orderable.Meta):
        verbose_name = _("text version")
        verbose_name_plural = _("text versions")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"],
                name="declaration_counts_its_texts",
                violation_error_message=_("There is a text version with this number already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.number})"

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        return tuple(articles(self.body))
