from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.agreements import panels
from cms.agreements.accession_rules import refusal_of_list, refusal_of_round, refusal_to_accede
from cms.agreements.errors import reject
from cms.agreements.forms import AccessionForm
from cms.agreements.models.declaration import DeclarationPage, DeclarationText
from cms.agreements.models.signing import Signature, SigningRound
from cms.agreements.rules import GIVEN, Refusal
from cms.agreements.statements import StatementBlock, said_in, stream_for
from cms.core import kernel
from cms.core.fields import FuzzyDateField
from cms.core.papers import Audience, Origin
from cms.documents.models import Attachment
from cms.documents.reading import attachments_of, links_of
from cms.networks.models import CriteriaList, Organisation, Person
from cms.networks.papers import NetworkPaper
from workflow.governed import GovernedPage
from workflow.models import Journey
from workflow.rules.states import JourneyStatus


class AccessionPage(GovernedPage, NetworkPaper, Page):
    """One organisation asks to accede to a declaration; the parent page is the declaration.

    Its statements answer one version of the network's criteria, each under the
    criterion's key (see statements.py). That it is agreed on makes nobody a
    signatory: the register is made of signatures.

    Context: `declaration` (or None where the reader may not see it), `is_agreed`
    (never in a preview), `agreed_on`, `statements` (the blocks), `attachments`,
    `links` (documents.reading.Link).
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("acceding organisation"), on_delete=models.PROTECT,
        related_name="accessions",
    )  # fmt: skip
    contact = models.ForeignKey(
        Person, verbose_name=_("contact person"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("Who answers questions about the request."),
    )  # fmt: skip
    resolution = models.CharField(
        _("decision to accede"), max_length=200, blank=True,
        help_text=_("Who decided it and when, for example: resolution of the council of 18 June."),
    )  # fmt: skip
    criteria_list = models.ForeignKey(
        CriteriaList, verbose_name=_("list of criteria"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
        help_text=_("The version by which the request is judged, now and later."),
    )  # fmt: skip
    statements = StreamField(
        [("statement", StatementBlock())], verbose_name=_("statements on the criteria"), blank=True
    )
    text_version = models.ForeignKey(
        DeclarationText, verbose_name=_("text version"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="accessions",
        help_text=_("The text that the organisation accedes to."),
    )  # fmt: skip
    signing_round = models.ForeignKey(
        SigningRound, verbose_name=_("proposed signing round"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="accessions",
    )  # fmt: skip
    proposed_on = FuzzyDateField(_("proposed date"))
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.OFFICE,
        help_text=_(
            "Who may read the request once it is agreed on. The acceding organisation always may."
        ),
    )  # fmt: skip

    base_form_class = AccessionForm
    edit_handler = panels.ACCESSION
    parent_page_types = ["agreements.DeclarationPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("accession request")
        verbose_name_plural = _("accession requests")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Nobody accedes to a draft."""
        return bool(parent.live and super().can_create_at(parent))

    def audience_tokens(self) -> frozenset[str]:
        return super().audience_tokens() | {f"organisation:{self.organisation_id}"}

    # --- the declaration ------------------------------------------------------
    def declaration_page(self) -> DeclarationPage | None:
        """Return the declaration; for a page in the making the form has said which."""
        found = self.get_parent() if self.path else getattr(self, "_future_parent", None)
        return found.specific if found is not None else None

    def begin_from_parent(self) -> None:
        """Propose to a new page what its declaration says: text, network, newest criteria."""
        declaration = self.declaration_page()
        if declaration is None:
            return
        self.text_version = declaration.text
        self.network = declaration.basis_of
        lists = CriteriaList.objects.filter(network=declaration.basis_of_id)
        self.criteria_list = lists.order_by("version").last()
        self.say_what_the_list_says()

    def say_what_the_list_says(self) -> None:
        """Give each criterion of the list its block, in the list's wording and order."""
        criteria = self.criteria_list.criteria.all() if self.criteria_list else ()
        self.statements = stream_for(criteria, said_in(self.statements))

    def attach(self, files: list[Any]) -> None:
        """Hang files on the request that do not hang there yet: who may see it may open them."""
        there = {attachment.file_id for attachment in self.attachments.all()}
        self.attachments.add(
            *(
                Attachment(file=file, kind=Attachment.Kind.ANNEX)
                for file in files
                if file.pk not in there
            )
        )

    # --- rules ------------------------------------------------------------------
    def clean(self) -> None:
        super().clean()
        declaration = self.declaration_page()
        if declaration is None:
            return
        wrong_list = self._refusal_of_list(declaration)
        where = "statements" if wrong_list is Refusal.CRITERION_NOT_IN_LIST else "criteria_list"
        foreign = self.text_version and self.text_version.page_id != declaration.pk
        # What is agreed stays so, also when the signature is given and the round is over; and
        # what is taken over comes as it is.
        is_settled = self.live or self.origin != Origin.MADE_HERE
        reject(
            organisation=None if is_settled else self.refusal_to_accede(declaration),
            text_version=Refusal.TEXT_OF_OTHER_DECLARATION if foreign else None,
            signing_round=None if is_settled else self._refusal_of_round(declaration),
            **{where: wrong_list},
        )
        self.say_what_the_list_says()

    def refusal_to_accede(self, declaration: DeclarationPage) -> Refusal | None:
        """Return why this organisation cannot accede (again) to the declaration now."""
        if self.organisation_id is None:
            return None
        given = Signature.objects.filter(
            round__declaration=declaration.pk,
            organisation=self.organisation_id,
            status__in=[status.value for status in GIVEN],
        )
        return refusal_to_accede(
            is_closed=declaration.closed_for_accession,
            has_signed=given.exists(),
            is_asked_elsewhere=self._is_asked_elsewhere(declaration),
        )

    def _is_asked_elsewhere(self, declaration: DeclarationPage) -> bool:
        others = AccessionPage.objects.child_of(declaration).filter(
            organisation=self.organisation_id
        )
        keys = [str(pk) for pk in others.exclude(pk=self.pk).values_list("pk", flat=True)]
        journeys = Journey.objects.under_way().filter(kind="accession", subject_id__in=keys)
        return bool(keys) and journeys.exists()

    def _refusal_of_round(self, declaration: DeclarationPage) -> Refusal | None:
        one = self.signing_round
        if one is None:
            return None
        texts = {one.text_version_id, self.text_version_id} - {None}
        return refusal_of_round(
            one.status,
            one.kind,
            same_declaration=one.declaration_id == declaration.pk,
            same_text=len(texts) <= 1,
        )

    def _refusal_of_list(self, declaration: DeclarationPage) -> Refusal | None:
        present = self.criteria_list
        keys = present.criteria.values_list("key", flat=True) if present else ()
        return refusal_of_list(
            same_network=present is None or present.network_id == declaration.basis_of_id,
            stated=said_in(self.statements),
            listed=set(keys),
        )

    # --- page ---------------------------------------------------------------------
    @property
    def agreed_on(self) -> datetime | None:
        """When the request was agreed on; None also for one that was taken over."""
        agreed = Journey.objects.of(self).filter(status=JourneyStatus.AGREED.value)
        return agreed.values_list("closed_at", flat=True).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        is_agreed = self.live and not getattr(request, "is_preview", False)
        context.update(
            declaration=self.declaration_for(request.user),
            is_agreed=is_agreed,
            agreed_on=self.agreed_on if is_agreed else None,
            statements=list(self.statements),
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )
        return context

    def declaration_for(self, user: kernel.Somebody) -> DeclarationPage | None:
        if not self.path:
            return None
        return kernel.visible(user, DeclarationPage.objects.parent_of(self).live()).first()
