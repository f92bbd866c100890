"""More of everything that the pages of `papers.every_page` list: each call adds one of each."""

from django.core.files.base import ContentFile
from taggit.models import Tag
from wagtail.models import Page

from cms.agreements.models import (
    AccessionPage,
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementSeriesPage,
    DeclarationIndexPage,
    DeclarationPage,
    DeclarationText,
    SeriesRelation,
    SignatoryCount,
    Signature,
    SigningRound,
    StandingParty,
)
from cms.agreements.models.agreement import AgreementTopic
from cms.archive.models import ArchivePaper
from cms.core.papers import Origin
from cms.core.values import ApproxCount, FuzzyDate
from cms.documents.models import Attachment, File, Reference
from cms.events.models import (
    Concern,
    ConcernUptake,
    DocumentationIndexPage,
    DocumentationPage,
    EventIndexPage,
    EventPage,
    EventPartner,
    EventSeriesPage,
    Finding,
    Quote,
    SeriesPartner,
)
from cms.events.models.documentation import DocumentationTopic
from cms.events.models.event import EventTopic
from cms.networks.models import (
    CriteriaList,
    Criterion,
    Mandate,
    MemberIndexPage,
    MemberPage,
    Membership,
    NetworkFormat,
    NetworkIndexPage,
    NetworkOffice,
    NetworkPage,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    Person,
    Post,
    PracticeExample,
    Programme,
)
from cms.publications.models import (
    Citation,
    PublicationEditor,
    PublicationIndexPage,
    PublicationPage,
)
from cms.publications.models.publication import PublicationTopic
from tests.face.papers import (
    accession,
    add_to_archive_document,
    agreement,
    article,
    below,
    body,
    publication,
    published,
)

_TAKEN_OVER = {"origin": Origin.TAKEN_OVER}
_TOPICS = {
    AgreementPage: AgreementTopic,
    EventPage: EventTopic,
    DocumentationPage: DocumentationTopic,
    PublicationPage: PublicationTopic,
}


def one_more(number: int, network: Organisation) -> None:
    """Add one of everything; `number` keeps it apart from the others."""
    town = body(f"Dorf {number}")
    paper = publication(PublicationIndexPage.objects.get(), f"Broschüre {number}")
    _agreements(number, network, town)
    _declarations(number, network, town)
    _events(number, town, paper)
    _publications(number, town, paper)
    _bodies(number, network, town)
    _members(number, network, town)
    _hung_on_every_paper(number, town, paper)
    add_to_archive_document(ArchivePaper.objects.get(reference_number="2020/0"), number)


def _agreements(number: int, network: Organisation, town: Organisation) -> None:
    chain = AgreementSeriesPage.objects.get(title="Kooperationsvereinbarungen")
    one = agreement(chain, 5 + number, [town, network], state="planned")
    AgreementParty.objects.create(page=_page(AgreementPage, number=5), organisation=town)
    StandingParty.objects.create(series=chain, organisation=town)
    other = AgreementSeriesPage(title=f"Reihe {number}", basis_of=network)
    other.standing_parties = [StandingParty(organisation=town)]
    other = below(AgreementIndexPage.objects.get(), other)
    SeriesRelation.objects.create(series=chain, other=other)
    agreement(other, 1, [town, network], state="in_force")
    Reference.objects.create(from_record=chain, kind="related_to", to_record=one)


def _declarations(number: int, network: Organisation, town: Organisation) -> None:
    declaration = _page(DeclarationPage, title="Gemeinsame Erklärung")
    text = DeclarationText._meta.get_field("body").to_python([article("Ziel", "Text.")])
    DeclarationText.objects.create(page=declaration, number=2 + number, body=text)
    later = SigningRound.objects.create(
        declaration=declaration, number=1 + number, title=f"Runde {number}", status="published"
    )
    for one in declaration.rounds.all():
        Signature.objects.create(round=one, organisation=town, status="signed")
    SignatoryCount.objects.create(round=later, count=ApproxCount(number))
    another = DeclarationPage(title=f"Erklärung {number}", basis_of=town, **_TAKEN_OVER)
    published(below(DeclarationIndexPage.objects.get(), another))
    accession(declaration, network, f"Dorf {number}")


def _events(number: int, town: Organisation, paper: Page) -> None:
    index, series = (
        EventIndexPage.objects.get(),
        _page(EventSeriesPage, slug="quartiere-entwickeln"),
    )
    first = _page(EventPage, title="Teil 1")
    part = EventPage(
        title=f"Folge {number}", number=1 + number, takes_place_on=FuzzyDate.of_year(2098),
        **_TAKEN_OVER,
    )  # fmt: skip
    published(below(series, part))
    past = EventPage(title=f"Treffen {number}", takes_place_on=FuzzyDate.of_year(2015), host=town,
                     **_TAKEN_OVER)  # fmt: skip
    published(below(index, past))
    more = below(index, EventSeriesPage(title=f"Folgen {number}", host=town, **_TAKEN_OVER))
    more = published(more)
    part = EventPage(title=f"Auftakt {number}", number=1, **_TAKEN_OVER,
                     takes_place_on=FuzzyDate.of_year(2097))  # fmt: skip
    published(below(more, part))
    EventPartner.objects.create(page=first, organisation=town)
    SeriesPartner.objects.create(page=series, organisation=town)
    documentation = DocumentationPage(
        title=f"Dokumentation {number}", event=first, documented_on=FuzzyDate.of_year(2016),
        **_TAKEN_OVER,
    )  # fmt: skip
    published(below(DocumentationIndexPage.objects.get(), documentation))
    _on_the_documentation(number, town, paper)


def _on_the_documentation(number: int, town: Organisation, paper: Page) -> None:
    page = _page(DocumentationPage, title="Dokumentation der Tagung")
    Finding.objects.create(page=page, text=f"Ergebnis {number}")
    Quote.objects.create(page=page, text="Gut.", organisation=town, released=True)
    concern = Concern.objects.create(
        page=page, text=f"Anliegen {number}", status="done", result=paper
    )
    ConcernUptake.objects.create(concern=concern, organisation=town)


def _publications(number: int, town: Organisation, paper: Page) -> None:
    page = _page(PublicationPage, title="Leitfaden")
    PublicationEditor.objects.create(page=page, organisation=town)
    Citation.objects.create(page=page, cited=paper)


def _bodies(number: int, network: Organisation, town: Organisation) -> None:
    """What the register says of the network, for its page and its entry."""
    OrganisationName.objects.create(organisation=network, name=f"Netz {number}", form="alias")
    OrganisationRelation.objects.create(organisation=network, kind="funds", other=town)
    OrganisationRelation.objects.create(organisation=town, kind="supported", other=network)
    Organisation.objects.filter(pk=body(f"Stelle {number}").pk).update(parent=network)
    for holder, mandator in ((town, network), (network, town)):
        Mandate.objects.create(kind="office", mandator=mandator, holder=holder)
    Programme.objects.create(
        key=f"programm-{number}", title=f"Programm {number}", kind="strategy", owner=network
    )
    NetworkFormat.objects.create(network=network, title=f"Format {number}", order=number)
    criteria = CriteriaList.objects.get(network=network, version=1)
    Criterion.objects.create(
        criteria_list=criteria, number=2 + number, key=f"k-{number}", text=f"Merkmal {number}"
    )
    office = NetworkOffice.objects.create(network=network, title=f"Sprecherkreis {number}")
    person = Person.objects.create(key=f"person-{number}", last_name="Muster")
    Post.objects.create(person=person, organisation=town, role="Sprecherin", office=office)
    Post.objects.create(person=person, organisation=network, role="Leitung", on_behalf_of=town)


def _members(number: int, network: Organisation, town: Organisation) -> None:
    Membership.objects.create(network=network, organisation=town)
    other = body(f"Verbund {number}", "network")
    below(NetworkIndexPage.objects.get(), NetworkPage(title=other.key, organisation=other))
    Membership.objects.create(network=other, organisation=body("Altstadt"))
    Membership.objects.create(network=other, organisation=network)
    profile = MemberPage(title=f"Dorf {number}", organisation=town, **_TAKEN_OVER)
    published(below(MemberIndexPage.objects.get(), profile))
    first = _page(MemberPage, title="Altstadt")
    PracticeExample.objects.create(page=first, title=f"Beispiel {number}", text="So geht es.")


def _hung_on_every_paper(number: int, town: Organisation, paper: Page) -> None:
    """Files, topics, and references to records of several kinds."""
    programme = Programme.objects.get(key=f"programm-{number}")
    for page in (
        _page(AgreementPage, number=5), _page(DeclarationPage, title="Gemeinsame Erklärung"),
        _page(AccessionPage, title="Beitritt Altstadt"),
        _page(EventSeriesPage, slug="quartiere-entwickeln"), _page(EventPage, title="Teil 1"),
        _page(DocumentationPage, title="Dokumentation der Tagung"),
        _page(PublicationPage, title="Leitfaden"), _page(MemberPage, title="Altstadt"),
    ):  # fmt: skip
        file = File(title="Anlage", file=ContentFile(b"x", name=f"anlage-{number}.txt"))
        file.save()
        Attachment.objects.create(page=page, file=file)
        for record in (town, paper, programme):
            Reference.objects.create(from_record=page, kind="related_to", to_record=record)
        if through := _TOPICS.get(type(page)):
            tag, _ = Tag.objects.get_or_create(name=f"Thema {number}", slug=f"thema-{number}")
            through.objects.create(content_object=page, tag=tag)


def _page(model: type[Page], **found_by: object) -> Page:
    return model.objects.filter(**found_by).order_by("pk")[0]
