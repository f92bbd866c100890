"""How agreements and declarations offer themselves to search."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.agreements import wording
from cms.agreements.models import AccessionPage, AgreementPage, AgreementSeriesPage, DeclarationPage
from cms.core import kernel
from cms.documents.reading import file_texts
from cms.networks.search import network_of, organisation_pairs, plain
from search import sources
from search.entries import Entry
from search.sources import ModelSource, key_for, whole_id


class SeriesSource(ModelSource):
    model = AgreementSeriesPage
    kind = "agreement_series"
    label = _("Series of agreements")

    def queryset(self) -> QuerySet[Any]:
        pages = AgreementSeriesPage.objects.live().select_related("basis_of")
        return pages.prefetch_related("standing_parties__organisation__names", "basis_of__names")

    def describe(self, record: AgreementSeriesPage) -> Entry:
        bodies = [party.organisation for party in record.standing_parties.all()]
        if record.basis_of:
            bodies.append(record.basis_of)
        # Only what everybody may read: the entry is open to all.
        agreements = AgreementPage.objects.child_of(record).live().filter(audience="public")
        numbered = agreements.order_by("number").values_list("number", "title")
        lines = [f"{wording.position_in_chain(number)}: {title}" for number, title in numbered]
        kind = str(record.get_kind_display())
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=frozenset({kernel.PUBLIC}),
            text="\n".join([kind, record.subject, plain(record.editors_note), *lines]),
            organisations=organisation_pairs(*bodies),
            organisation_names=[name for body in bodies for name in body.all_names],
        )


class AgreementSource(ModelSource):
    model = AgreementPage
    kind = "agreement"
    label = _("Agreement")
    state_labels = dict(wording.choices(wording.STATES))

    def queryset(self) -> QuerySet[Any]:
        pages = AgreementPage.objects.live()
        return pages.prefetch_related(
            "parties__organisation__names", "parties__signatory", "tagged_topics__tag"
        )

    def describe(self, record: AgreementPage) -> Entry:
        parties = list(record.parties.all())
        bodies = [party.organisation for party in parties]
        articles = [article.plain_text for article in record.articles]
        text = [record.position, plain(record.preamble), *articles, record.note]
        when = record.concluded_on or record.effective_from
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            within=[*network_of(record), *series_of(record)],
            text="\n".join(text),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(*bodies),
            organisation_names=[name for body in bodies for name in body.all_names],
            persons=[str(party.signatory) for party in parties if party.signatory],
            when=when,
            topics=[tagged.tag.name for tagged in record.tagged_topics.all()],
            state=record.state,
        )


class DeclarationSource(ModelSource):
    model = DeclarationPage
    kind = "declaration"
    label = _("Declaration")

    def queryset(self) -> QuerySet[Any]:
        pages = DeclarationPage.objects.live().select_related("basis_of")
        return pages.prefetch_related("basis_of__names", "texts", "tagged_topics__tag")

    def describe(self, record: DeclarationPage) -> Entry:
        register = record.register
        signatories = [entry.signature.organisation for entry in register.entries]
        rounds = [f"{one.title} {one.place} {one.note}" for one in register.rounds]
        text = record.text
        preamble = [plain(text.preamble)] if text else []
        articles = [article.plain_text for article in record.articles]
        when = record.opened_on
        names = [name for body in signatories for name in body.all_names]
        notes = [record.summary, plain(record.editors_note)]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            within=network_of(record),
            text="\n".join([*notes, *preamble, *articles, *rounds]),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(record.basis_of, *signatories),
            organisation_names=[*(record.basis_of.all_names if record.basis_of else ()), *names],
            persons=[
                str(entry.signature.signatory)
                for entry in register.entries
                if entry.signature.signatory
            ],
            when=when,
            topics=[tagged.tag.name for tagged in record.tagged_topics.all()],
        )


class AccessionSource(ModelSource):
    model = AccessionPage
    kind = "accession"
    label = _("Accession request")

    def queryset(self) -> QuerySet[Any]:
        pages = AccessionPage.objects.live().select_related("organisation")
        return pages.prefetch_related("organisation__names")

    def describe(self, record: AccessionPage) -> Entry:
        declaration = record.get_parent()
        said = [
            " ".join([block.value["criterion"], str(block.value["answer"]), block.value["text"]])
            for block in record.statements
        ]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            within=network_of(record),
            text="\n".join([declaration.title, record.resolution, *said]),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(record.organisation),
            organisation_names=list(record.organisation.all_names),
            when=record.proposed_on,
        )


def series_of(record: AgreementPage) -> list[str]:
    series = record.series_page()
    return [whole_id(SeriesSource.kind, series.pk)] if series else []


def register() -> None:
    sources.register_whole(SeriesSource.kind, AgreementSeriesPage)
    for source in (SeriesSource(), AgreementSource(), DeclarationSource(), AccessionSource()):
        sources.register(source)
