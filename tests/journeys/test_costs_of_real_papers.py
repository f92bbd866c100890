"""What decisions cost in queries on the papers that chapters really keep, with all they carry.

Findings, concerns, quoted people, attached files, topics and parties all hang on a paper
as rows of their own; none of them may cost a query of its own.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.agreements.models import AgreementPage, AgreementParty
from cms.core.papers import Origin
from cms.core.values import FuzzyDate
from cms.documents.models import Attachment, File, FilePage
from cms.events.models import Concern, ConcernUptake, DocumentationPage, Finding, Quote
from cms.networks.models import Organisation, OrganisationName, Person, Post
from tests.cms.agreements import papers
from tests.cms.events import papers as events
from tests.people import account, admin, alma, bruno, minister
from workflow import actions, clusters
from workflow.models import Decision, Journey, Stage

pytestmark = pytest.mark.django_db

# Stock Wagtail needs 54 and 94 for its one approval by one group.
A_DECISION = 60
THE_PUBLISHING_DECISION = 110
THE_PAGE_OF_A_JOURNEY = 90


def cost_of(act: Callable[[], object]) -> int:
    # Content types are read once in the life of a process.
    ContentType.objects.get_for_models(DocumentationPage, AgreementPage, Stage, Journey)
    with CaptureQueriesContext(connection) as context:
        act()
    return len(context)


def files(number: int) -> list[Attachment]:
    made = []
    for one in range(number):
        file = File.objects.create(title=f"Anlage {one}", file=ContentFile(b"%d" % one, "a.txt"))
        FilePage.objects.create(file=file, number=1, text=f"Anlage Nummer {one}")
        made.append(Attachment(file=file))
    return made


def documentation(number: int) -> Any:
    """A documentation with this many of everything."""
    event = events.event(title="Tagung", takes_place_on=FuzzyDate.parse("15.05.2012"))
    page: Any = events.documentation(
        event, owner=alma(), lead=papers.network(), network=papers.network(), summary="Kurz."
    )
    page.findings = [Finding(text=f"Befund {one}") for one in range(number)]
    page.quotes = [
        Quote(text="Wort", organisation=papers.body(f"Ort {one}"), mail=f"q{one}@example.org")
        for one in range(number)
    ]
    page.concerns = [concern(one) for one in range(number)]
    page.attachments = files(number)
    page.topics.add(*(f"Thema {one}" for one in range(number)))
    page.save()
    page.save_revision(user=alma())
    return DocumentationPage.objects.get(pk=page.pk)


def concern(number: int) -> Concern:
    made = Concern(text=f"Anliegen {number}", result=papers.series())
    made.uptakes = [ConcernUptake(organisation=papers.body(f"Ort {number}"))]
    return made


def agreement(parties: int, *, named_at_first: int | None = None) -> Any:
    """An agreement with so many parties, of which fewer were named when it was begun."""
    text = [papers.article("Ziele")]
    page: Any = papers.agreement(parties, origin=Origin.MADE_HERE, owner=alma(), body=text)
    bodies = municipalities(parties)
    page.parties = [AgreementParty(organisation=body, side=1) for body in bodies[:named_at_first]]
    page.attachments = files(3)
    page.save()
    page.parties.add(
        *(AgreementParty(organisation=body) for body in bodies[len(page.parties.all()) :])
    )
    page.save_revision(user=alma())
    return AgreementPage.objects.get(pk=page.pk)


def municipalities(number: int) -> list[Organisation]:
    begun = Organisation.objects.count()
    made = Organisation.objects.bulk_create(
        Organisation(key=f"kommune-{begun + one}", kind="city") for one in range(number)
    )
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=body, name=body.key.title()) for body in made
    )
    return made


def who_answers_for_all(page: AgreementPage) -> User:
    """One person with a post in each of the parties."""
    user = account("Wera Wirt", Role.MEMBERS)
    person, _ = Person.objects.get_or_create(account=user, defaults={"key": "wera-wirt"})
    Post.objects.bulk_create(
        Post(person=person, organisation=party.organisation, role="Sachbearbeitung")
        for party in page.get_latest_revision_as_object().parties.all()
    )
    return user


def submitted(page: Any) -> Journey:
    bruno(), minister()
    account("Rosa Rademacher", Role.DIVISION)
    account("Axel Arndt", Role.DEPARTMENT)
    account("Hanna Holm", Role.LEADERSHIP)
    return actions.submit(subject=page, by=alma())


def before(journey: Journey, key: str) -> Stage:
    """Let every stage before this one pass, and return it open."""
    while (stage := Journey.objects.get(pk=journey.pk).open_stage) and stage.key != key:
        actions.pass_stage(
            stage=stage, by=admin(), reason="Eilt.", seen_digest=stage.journey.content_digest
        )
    assert stage is not None
    return stage


def all_but_one_have_agreed(stage: Stage) -> None:
    digest = stage.journey.content_digest
    Decision.objects.bulk_create(
        Decision(
            stage=stage, participant=one, answer="agreed", decided_by_label="Wera Wirt",
            participant_label=one.label, content_digest=digest,
        )
        for one in stage.participants.order_by("pk")[1:]
    )  # fmt: skip


def decision(stage: Stage, by: User) -> Callable[[], object]:
    stage, by = Stage.objects.get(pk=stage.pk), User.objects.get(pk=by.pk)
    digest = Journey.objects.get(pk=stage.journey_id).content_digest
    return partial(actions.decide, stage=stage, by=by, answer="agreed", seen_digest=digest)


def test_a_decision_on_a_documentation_costs_the_same_with_one_and_with_twenty_of_everything() -> (
    None
):
    few = before(submitted(documentation(1)), "review")
    many = before(submitted(documentation(20)), "review")

    costs = [cost_of(decision(stage, bruno())) for stage in (few, many)]

    assert costs[0] == costs[1] <= A_DECISION


def test_publishing_a_documentation_costs_the_same_with_one_and_with_twenty_of_everything() -> None:
    few = before(submitted(documentation(1)), "approval")
    many = before(submitted(documentation(20)), "approval")

    costs = [cost_of(decision(stage, minister())) for stage in (few, many)]

    assert DocumentationPage.objects.live().count() == 2
    assert costs[0] == costs[1] <= THE_PUBLISHING_DECISION


def before_the_parties(page: AgreementPage) -> Stage:
    who_answers_for_all(page)
    return before(submitted(page), "parties")


def test_the_decision_of_a_party_costs_the_same_for_few_and_many_parties() -> None:
    stages = [before_the_parties(agreement(number)) for number in (3, 300)]
    wera = account("Wera Wirt")

    costs = [cost_of(decision(stage, wera)) for stage in stages]

    assert costs[0] == costs[1] <= A_DECISION


def test_publishing_an_agreement_costs_the_same_for_few_and_many_parties() -> None:
    stages = [before_the_parties(agreement(number)) for number in (3, 300)]
    for stage in stages:
        all_but_one_have_agreed(stage)
    wera = account("Wera Wirt")

    costs = [cost_of(decision(stage, wera)) for stage in stages]

    assert AgreementPage.objects.live().count() == 2
    assert costs[0] == costs[1] <= THE_PUBLISHING_DECISION


def test_publishing_costs_hardly_more_where_the_draft_has_changed_every_row() -> None:
    page = agreement(300, named_at_first=2).get_latest_revision_as_object()
    for party in page.parties.all():
        party.capacity = "für die Kommunen"
    page.attachments = files(20)
    page.save_revision(user=alma())
    stage = before_the_parties(AgreementPage.objects.get(pk=page.pk))
    all_but_one_have_agreed(stage)

    cost = cost_of(decision(stage, account("Wera Wirt")))

    present = AgreementPage.objects.get(pk=page.pk)
    assert present.parties.filter(capacity="für die Kommunen").count() == 300
    assert present.attachments.count() == 20
    assert cost <= THE_PUBLISHING_DECISION


def test_read_and_written_row_by_row_it_would_cost_a_multiple(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = before(submitted(documentation(20)), "approval")
    monkeypatch.setattr(clusters, "looked_up", lambda page, content: content)
    monkeypatch.setattr(clusters, "write_children", lambda parents: None)

    assert cost_of(decision(stage, minister())) > 3 * THE_PUBLISHING_DECISION


@pytest.mark.parametrize("reader", [bruno, alma, admin])
def test_the_page_of_a_journey_costs_the_same_with_one_and_with_twenty_of_everything(
    client: Client, reader: Callable[[], User]
) -> None:
    papers_of = [documentation(1), documentation(20)]
    urls = [
        before(submitted(page), "accessibility").journey.get_absolute_url() for page in papers_of
    ]
    for page in papers_of:
        page = page.get_latest_revision_as_object()
        page.summary = "Länger."
        page.save_revision(user=alma())
    client.force_login(reader())
    # What a process reads once in its life.
    client.get(urls[0])

    costs = [cost_of(partial(client.get, url)) for url in urls]

    assert costs[0] == costs[1] <= THE_PAGE_OF_A_JOURNEY


def test_the_page_of_a_journey_costs_the_same_after_one_and_after_three_hundred_decisions(
    client: Client,
) -> None:
    stages = [before_the_parties(agreement(number)) for number in (3, 300)]
    for stage in stages:
        all_but_one_have_agreed(stage)
    client.force_login(account("Wera Wirt"))
    client.get(stages[0].journey.get_absolute_url())

    costs = [cost_of(partial(client.get, stage.journey.get_absolute_url())) for stage in stages]

    assert costs[0] == costs[1] <= THE_PAGE_OF_A_JOURNEY
