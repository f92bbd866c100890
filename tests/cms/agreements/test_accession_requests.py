"""A request for accession: what it takes in, what it refuses, and who reads it."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import BlockField
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.accounts.roles import Role
from cms.agreements import receivers
from cms.agreements.errors import AgreementsError
from cms.agreements.models import AccessionPage, DeclarationPage, Signature
from cms.agreements.rules import Refusal
from cms.agreements.search import AccessionSource
from cms.agreements.statements import FuzzyDateBlock, said_in
from cms.core import kernel
from cms.core.values import FuzzyDate
from cms.documents.models import File
from cms.networks.models import Criterion, Person
from search.sources import key_for
from tests.cms.agreements import papers
from tests.cms.networks.bodies import join, post
from tests.people import PASSWORD, account, admin, alma, cem
from workflow import actions
from workflow.models import Journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def declaration() -> DeclarationPage:
    return papers.published(papers.declaration())


@pytest.fixture
def mayor() -> Any:
    found = account("Maja Mohn", Role.MEMBERS)
    post(found, papers.body("Seestadt"))
    return found


@pytest.fixture
def office() -> None:
    for name, role in (("Olga Otto", Role.OFFICE), ("Otis Ohm", Role.OFFICE),
                       ("Rosa Rademacher", Role.DIVISION)):  # fmt: skip
        account(name, role)


def complaints(page: AccessionPage) -> dict[str, str]:
    """Return the German sentences by field."""
    with translation.override("de"), pytest.raises(ValidationError) as caught:
        page.full_clean()
    return {name: sentences[0] for name, sentences in caught.value.message_dict.items()}


def submitted(page: AccessionPage, by: Any) -> Journey:
    return actions.submit(subject=AccessionPage.objects.get(pk=page.pk), by=by)


# --- The form ---------------------------------------------------------------


@pytest.fixture
def desk(client: Client) -> Client:
    client.login(username=admin().email, password=PASSWORD)
    return client


def add_address(declaration: DeclarationPage) -> str:
    names = ["agreements", "accessionpage", declaration.pk]
    return reverse("wagtailadmin_pages:add", args=names)


def blocks(**changed: dict[str, Any]) -> list[tuple[str, dict[str, Any], str]]:
    said = papers.said(**changed)
    empty = {"criterion": "", "since": "", "evidence": ""}
    return [("statement", {**empty, **said[key]}, key) for key in papers.CRITERIA]


def form_data(declaration: DeclarationPage, sent: list[Any], **fields: Any) -> Any:
    """What the browser sends for a new request."""
    stream = streamfield([(kind, value) for kind, value, _ in sent])
    for number, (_, _, key) in enumerate(sent):
        stream[str(number)]["id"] = key
    data = {
        "title": "Beitritt", "slug": "beitritt", "organisation": str(papers.body("Seestadt").pk),
        "contact": "", "resolution": "", "criteria_list": str(papers.criteria().pk),
        "statements": stream, "text_version": str(declaration.text.pk), "signing_round": "",
        "proposed_on": "", "origin": "made_here", "reference_number": "", "audience": "office",
        "network": "", "audience_group": "", "retention_class": "permanent", "seo_title": "",
        "search_description": "", "attachments": inline_formset([]),
        "comments": inline_formset([]), **fields,
    }  # fmt: skip
    return nested_form_data(data)


def errors(response: Any, field: str) -> list[str]:
    return list(response.context["form"].errors.get(field, []))


def test_a_new_request_is_proposed_with_text_network_and_the_newest_criteria(desk, declaration):
    papers.criteria(1, {"contact_person": "Wie 2014."})
    papers.criteria(2)

    form = desk.get(add_address(declaration)).context["form"]

    assert form["text_version"].value() == declaration.text.pk
    assert form["network"].value() == papers.network().pk
    assert form["criteria_list"].value() == papers.criteria(2).pk
    proposed = form.instance.statements
    assert [block.id for block in proposed] == list(papers.CRITERIA)
    assert [block.value["criterion"] for block in proposed] == list(papers.CRITERIA.values())


def test_only_what_belongs_to_the_declaration_is_offered(desk, declaration):
    other = papers.declaration(slug="andere")
    papers.signing_round(other, title="Fremde Runde")
    own = papers.signing_round(declaration, title="Eigene Runde")

    fields = desk.get(add_address(declaration)).context["form"].fields

    assert list(fields["signing_round"].queryset) == [own]
    assert list(fields["text_version"].queryset) == [declaration.text]


def test_a_draft_with_gaps_is_kept_with_its_statements_under_their_keys(desk, declaration):
    sent = blocks(recognition={"answer": "planned", "text": "", "since": "03.2028"})

    desk.post(add_address(declaration), form_data(declaration, sent))

    page = AccessionPage.objects.get()
    said = said_in(page.statements)
    assert not page.live
    assert said["recognition"]["answer"] == "planned"
    assert said["recognition"]["since"] == "2028-03"
    assert said["commitment"]["text"] == "Der Rat hat es beschlossen."


def test_the_wording_of_a_criterion_comes_from_the_list_whatever_is_sent(desk, declaration):
    """Red without say_what_the_list_says in clean: the applicant would write the question."""
    sent = blocks(commitment={"criterion": "Die Kommune tut, was sie mag."})

    desk.post(add_address(declaration), form_data(declaration, sent))

    page = AccessionPage.objects.get()
    words = [block.value["criterion"] for block in page.statements]
    assert words == list(papers.CRITERIA.values())


def test_a_forged_answer_is_refused_and_a_deleted_block_comes_back_empty(desk, declaration):
    forged = blocks(commitment={"answer": "of course"})
    short = blocks()[:2]

    refused = desk.post(add_address(declaration), form_data(declaration, forged))
    desk.post(add_address(declaration), form_data(declaration, short))

    assert errors(refused, "statements")
    page = AccessionPage.objects.get()
    assert [block.id for block in page.statements] == list(papers.CRITERIA)
    assert str(page.statements[4].value["answer"]) == ""


def test_a_statement_on_nothing_in_the_list_is_refused_with_a_sentence(desk, declaration):
    sent = [*blocks(), ("statement", {"criterion": "", "answer": "met", "text": "Mehr.",
                                      "since": "", "evidence": ""}, "invented")]  # fmt: skip

    response = desk.post(add_address(declaration), form_data(declaration, sent))

    assert not AccessionPage.objects.exists()
    assert "gehört zu keinem Kriterium der gewählten Liste" in str(errors(response, "statements"))


@pytest.mark.parametrize("since", ["31.02.2028", "bald", "<script>"])
def test_a_date_that_is_none_is_refused(desk, declaration, since):
    sent = blocks(recognition={"since": since})

    response = desk.post(add_address(declaration), form_data(declaration, sent))

    assert response.status_code == 200
    assert errors(response, "statements")
    assert not AccessionPage.objects.exists()


def test_the_editor_compares_a_typed_date_with_the_one_it_keeps():
    field = BlockField(FuzzyDateBlock())

    assert field.has_changed(FuzzyDate.parse("05.2012"), "06.2012")
    assert not field.has_changed(FuzzyDate.parse("2012"), "2012")
    assert not field.has_changed(None, None)


def test_evidence_is_hung_on_the_request_once(desk, declaration):
    file = File.objects.create(title="Beschluss", file=ContentFile(b"x", "beschluss.txt"))
    sent = blocks(commitment={"evidence": str(file.pk)}, recognition={"evidence": str(file.pk)})

    desk.post(add_address(declaration), form_data(declaration, sent))
    page = AccessionPage.objects.get()
    desk.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_data(declaration, sent, attachments=inline_formset([])),
    )

    draft = AccessionPage.objects.get().get_latest_revision_as_object()
    assert [attachment.file for attachment in draft.attachments.all()] == [file]


def test_a_request_begins_below_a_declaration_that_is_public(declaration):
    draft = papers.declaration(slug="entwurf")

    assert AccessionPage.can_create_at(declaration)
    assert not AccessionPage.can_create_at(DeclarationPage.objects.get(pk=draft.pk))
    assert not AccessionPage.can_create_at(papers.series())


def test_a_text_that_somebody_accedes_to_stays(desk, declaration):
    """Red without the accessions in DeclarationForm: the database would answer with an error."""
    papers.accession(declaration)
    form = DeclarationPage.get_edit_handler().get_form_class()
    row = {"id": str(declaration.text.pk), "number": "1", "preamble": rich_text(""),
           "body": streamfield([]), "DELETE": "1"}  # fmt: skip
    data = nested_form_data({
        "title": "X", "slug": "x", "editors_note": rich_text(""), "comments": inline_formset([]),
        "attachments": inline_formset([]), "texts": inline_formset([row], initial=1),
    })  # fmt: skip

    bound = form(data, instance=declaration, for_user=admin())

    assert "unterzeichnet" in str(bound.non_field_errors())


# --- The rules ----------------------------------------------------------------


def test_a_closed_declaration_takes_nobody_in(declaration):
    page = papers.accession(declaration)
    DeclarationPage.objects.filter(pk=declaration.pk).update(closed_for_accession=True)

    assert complaints(page) == {
        "organisation": "Diese Erklärung ist für Beitritte geschlossen. Ihr kann niemand mehr"
        " beitreten."
    }


@pytest.mark.parametrize(
    ("status", "is_refused"),
    [("confirmed", True), ("signed_on_paper", True), ("invited", False), ("withdrawn", False)],
)
def test_who_has_signed_has_acceded_and_who_has_withdrawn_may_come_again(
    declaration, status, is_refused
):
    page = papers.accession(declaration)
    Signature.objects.create(
        round=papers.signing_round(declaration), organisation=page.organisation, status=status
    )

    refusal = page.refusal_to_accede(declaration)

    assert refusal is (Refusal.HAS_ACCEDED if is_refused else None)


def test_an_old_request_is_taken_over_and_cannot_travel_as_if_it_were_new(
    declaration, mayor, office
):
    """Red without the check when a journey begins: the origin would be a way round."""
    town = papers.body("Seestadt")
    Signature.objects.create(
        round=papers.signing_round(declaration), organisation=town, status="confirmed"
    )
    page = papers.accession(declaration, origin="taken_over", owner=mayor)

    with pytest.raises(AgreementsError) as caught:
        submitted(page, mayor)

    assert caught.value.refusal is Refusal.HAS_ACCEDED
    assert papers.published(page).live


def test_one_request_of_an_organisation_travels_at_a_time(declaration, mayor, office):
    first = papers.accession(declaration, owner=mayor)
    second = papers.accession(declaration, title="Noch einer", owner=mayor)
    other = papers.accession(declaration, "Bergstadt")
    submitted(first, mayor)

    with pytest.raises(AgreementsError) as caught:
        submitted(second, mayor)

    assert caught.value.refusal is Refusal.REQUEST_UNDER_WAY
    assert Journey.objects.count() == 1
    assert other.refusal_to_accede(declaration) is None


def test_round_text_and_criteria_belong_to_the_declaration(declaration):
    page = papers.accession(declaration)
    other = papers.published(papers.declaration(slug="andere"))
    page.text_version = other.text
    page.signing_round = papers.signing_round(other)

    found = complaints(page)

    assert found == {
        "text_version": "Dieser Text gehört zu einer anderen Erklärung.",
        "signing_round": "Diese Runde gehört zu einer anderen Erklärung.",
    }


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"recognition": {"text": ""}, "commitment": {"answer": ""}},
         "fehlt noch eine vollständige Angabe: 4, 5."),
        ({"recognition": {"answer": "planned"}}, "aber ohne Datum: 4."),
    ],
)  # fmt: skip
def test_an_incomplete_request_does_not_set_out(declaration, mayor, office, said, sentence):
    page = papers.accession(declaration, owner=mayor, said=papers.said(**said))

    with translation.override("de"), pytest.raises(AgreementsError) as caught:
        submitted(page, mayor)

    assert sentence in caught.value.sentence
    assert not Journey.objects.exists()


def test_without_the_check_an_incomplete_request_would_set_out(
    declaration, mayor, office, monkeypatch
):
    """The negative control: nothing else keeps it back."""
    page = papers.accession(declaration, owner=mayor, said=papers.said(commitment={"answer": ""}))
    monkeypatch.setattr(receivers.accession_rules, "refusal_to_submit", lambda *given, **more: None)

    assert submitted(page, mayor).status == "running"


def test_without_a_contact_person_nothing_sets_out(declaration, mayor, office):
    page = papers.accession(declaration, owner=mayor, contact=None)

    with pytest.raises(AgreementsError) as caught:
        submitted(page, mayor)

    assert caught.value.refusal is Refusal.NO_CONTACT


def test_a_declaration_closed_meanwhile_keeps_a_request_back(declaration, mayor, office):
    page = papers.accession(declaration, owner=mayor)
    DeclarationPage.objects.filter(pk=declaration.pk).update(closed_for_accession=True)

    with pytest.raises(AgreementsError) as caught:
        submitted(page, mayor)

    assert caught.value.refusal is Refusal.CLOSED_FOR_ACCESSION


def test_a_request_keeps_the_wording_it_answered(declaration):
    """A member of 2014 is judged by the list of 2014, also when somebody rewrites it."""
    page = papers.published(papers.accession(declaration))
    Criterion.objects.filter(key="commitment").update(text="Etwas anderes.")

    kept = AccessionPage.objects.get(pk=page.pk).statements[4].value["criterion"]

    assert kept == papers.CRITERIA["commitment"]


# --- Who reads it -------------------------------------------------------------


def readers(page: AccessionPage, *people: Any) -> list[bool]:
    """Say for each whether the database shows the page, and check that search agrees."""
    found = []
    for person in people:
        shown = kernel.check(person, kernel.Verb.VIEW, page)
        tokens = kernel.tokens_for(person)
        assert shown == bool(tokens & kernel.tokens_of(page)), person
        found.append(shown)
    return found


def test_office_and_municipality_read_a_request_and_nobody_else(declaration, mayor):
    member = account("Mia Maurer", Role.MEMBERS)
    post(member, papers.body("Bergstadt"))
    join(papers.network(), papers.body("Bergstadt"))
    page = papers.published(papers.accession(declaration))

    assert page.audience == "office"
    assert readers(page, alma(), mayor, cem(), member, AnonymousUser()) == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_request_for_members_is_read_by_members_and_by_the_municipality(declaration, mayor):
    member = account("Mia Maurer", Role.MEMBERS)
    post(member, papers.body("Bergstadt"))
    join(papers.network(), papers.body("Bergstadt"))
    page = papers.published(papers.accession(declaration, audience="members"))

    assert readers(page, mayor, member, cem(), AnonymousUser()) == [True, True, False, False]


def test_the_declaration_lists_requests_to_those_who_may_read_them(declaration, mayor):
    agreed = papers.published(papers.accession(declaration))
    draft = papers.accession(declaration, "Bergstadt")
    doors = [agreed.url, reverse("wagtailadmin_pages:edit", args=[draft.pk])]
    post(cem(), papers.body("Bergstadt"))

    def shown(user: Any) -> list[str]:
        client = Client()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        text = client.get(declaration.url).content.decode()
        return [word for word in ("Beitrittsanträge", *doors) if word in text]

    assert shown(alma()) == ["Beitrittsanträge", *doors]
    assert shown(mayor) == ["Beitrittsanträge", agreed.url]
    assert shown(cem()) == ["Beitrittsanträge", doors[1]]
    assert shown(account("Dora Dorn", Role.MEMBERS)) == shown(None) == []


def test_the_municipality_opens_its_draft_and_no_other(declaration, mayor):
    own, other = papers.accession(declaration), papers.accession(declaration, "Bergstadt")
    client = Client()
    client.force_login(mayor, backend="django.contrib.auth.backends.ModelBackend")

    opened = client.get(reverse("wagtailadmin_pages:edit", args=[own.pk]))
    refused = client.get(reverse("wagtailadmin_pages:edit", args=[other.pk]))

    assert opened.status_code == 200
    assert (refused.status_code, refused.url) == (302, reverse("wagtailadmin_home"))


def test_search_is_offered_what_is_agreed_on_only(declaration):
    draft = papers.accession(declaration, "Bergstadt")
    page = papers.published(papers.accession(declaration))
    source = AccessionSource()

    entry = source.entry(key_for(page))

    assert entry is not None
    assert "Engagement ist Aufgabe aller Ämter. erfüllt" in entry.text
    assert "public" not in entry.tokens
    assert source.entry(key_for(draft)) is None


def test_a_preview_and_a_draft_do_not_say_that_anything_is_agreed(declaration):
    page = papers.published(papers.accession(declaration))
    request = papers.request(alma())
    agreed = page.get_context(request)["is_agreed"]
    request.is_preview = True

    assert agreed
    assert not page.get_context(request)["is_agreed"]
    assert not papers.accession(declaration, "Bergstadt").get_context(papers.request(alma()))[
        "is_agreed"
    ]


def test_a_contact_is_shown_where_it_may_be_published(declaration):
    person = Person.objects.create(key="kai", last_name="Kastanie", mail="kai@example.org")
    page = papers.published(papers.accession(declaration, contact=person))
    client = Client()
    client.force_login(alma(), backend="django.contrib.auth.backends.ModelBackend")

    hidden = client.get(page.url).content.decode()
    Person.objects.update(publish_contact=True)
    open_now = client.get(page.url).content.decode()

    assert "Kastanie" not in hidden
    assert "kai@example.org" in open_now


def test_a_request_answers_the_version_of_the_criteria_that_it_names(declaration):
    old = papers.criteria(1, {"contact_person": "Wie 2014."})
    papers.criteria(2)

    page = papers.accession(declaration, criteria_list=old, said={"contact_person": {}})

    assert [block.value["criterion"] for block in page.statements] == ["Wie 2014."]
