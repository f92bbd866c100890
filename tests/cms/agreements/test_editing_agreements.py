"""What an editor meets: forms that open, and clear answers at the right field."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.agreements.models import (
    AgreementPage,
    DeclarationIndexPage,
    Signature,
    SigningRound,
    StandingParty,
)
from cms.core.papers import Origin
from cms.core.values import FuzzyDate
from tests.cms.agreements import papers
from tests.people import PASSWORD, admin

pytestmark = pytest.mark.django_db


def complaints(record):
    """Return the German sentences by field."""
    with translation.override("de"), pytest.raises(ValidationError) as caught:
        record.full_clean()
    return {name: sentences[0] for name, sentences in caught.value.message_dict.items()}


def form_data(**fields):
    """What the browser sends for a new agreement."""
    data = {
        "title": "Neue Vereinbarung", "slug": "neue-vereinbarung", "number": "1",
        "origin": "made_here", "state": "drafting", "topics": "", "concluded_on": "",
        "effective_from": "", "effective_to": "", "source": "", "certainty": "stated", "note": "",
        "renewal_mode": "", "notice_period_months": "", "renews": "", "amends": [],
        "preamble": rich_text(""), "body": streamfield([]), "reference_number": "",
        "audience": "public", "network": "", "audience_group": "", "retention_class": "permanent",
        "seo_title": "", "search_description": "", "show_in_menus": "",
        "parties": inline_formset([]), "attachments": inline_formset([]),
        "comments": inline_formset([]),
    }  # fmt: skip
    return nested_form_data({**data, **fields})


@pytest.fixture
def desk(client):
    client.login(username=admin().email, password=PASSWORD)
    return client


@pytest.mark.parametrize(
    ("model", "parent"),
    [
        ("agreementseriespage", lambda: papers.index()),
        ("agreementpage", papers.series),
        ("declarationpage", lambda: papers.index(DeclarationIndexPage, "Erklärungen")),
    ],
)
def test_the_form_for_a_new_page_opens(desk, model, parent):
    address = reverse("wagtailadmin_pages:add", args=["agreements", model, parent().pk])

    response = desk.get(address)

    assert response.status_code == 200


def test_the_form_for_a_signing_round_opens(desk):
    response = desk.get(reverse("wagtailsnippets_agreements_signinground:add"))

    assert response.status_code == 200


def test_a_number_that_the_series_has_already_is_refused_in_the_form(desk):
    """Red without AgreementForm: a new page does not know its series."""
    papers.agreement(1)
    address = reverse(
        "wagtailadmin_pages:add", args=["agreements", "agreementpage", papers.series().pk]
    )

    response = desk.post(address, form_data(number="1"))

    assert response.status_code == 200
    assert response.context["form"].errors["number"] == [
        "Diese Reihe hat bereits eine Vereinbarung mit dieser Nummer."
    ]


def test_an_agreement_made_here_is_entered_as_a_draft(desk):
    address = reverse(
        "wagtailadmin_pages:add", args=["agreements", "agreementpage", papers.series().pk]
    )

    desk.post(address, form_data(number="2"))

    page = AgreementPage.objects.get()
    assert (page.number, page.state, page.live) == (2, "drafting", False)


def test_the_state_cannot_be_changed_in_the_form_of_an_existing_agreement(desk):
    """Red without `disabled` in AgreementForm."""
    page = papers.agreement(1, state="drafting")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    desk.post(address, form_data(number="1", state="in_force"))

    page = AgreementPage.objects.get()
    assert page.state == "drafting"
    assert page.latest_revision.as_object().title == "Neue Vereinbarung"


def test_a_number_twice_in_a_series_is_refused():
    papers.agreement(1)
    page = papers.agreement(2)
    page.number = 1

    assert "number" in complaints(page)


def test_the_same_number_in_another_series_is_fine():
    papers.agreement(1)

    assert papers.agreement(1, papers.series("Netzwerk")).number == 1


def test_an_end_before_the_start_is_refused():
    page = papers.agreement(
        effective_from=FuzzyDate.of_year(2012), effective_to=FuzzyDate.of_year(2012)
    )
    page.effective_to = FuzzyDate.month(2011, 12)

    assert complaints(page) == {"effective_to": "Das Ende der Laufzeit liegt vor ihrem Beginn."}


def test_an_end_without_a_known_beginning_is_no_contradiction():
    page = papers.agreement(effective_to=FuzzyDate.of_year(2012))

    page.full_clean()

    assert not page.effective_from.is_known


def test_renewing_an_agreement_of_another_series_is_refused():
    other = papers.agreement(1, papers.series("Netzwerk"))
    page = papers.agreement(2)
    page.renews = other

    assert "renews" in complaints(page)


def test_a_new_paper_made_here_cannot_begin_in_force():
    page = papers.agreement(9, state="in_force", origin=Origin.MADE_HERE)

    assert "state" in complaints(page)


def test_a_round_takes_only_a_text_of_its_own_declaration():
    one, other = papers.declaration(), papers.declaration(slug="andere")
    record = SigningRound(declaration=one, number=1, title="Runde", text_version=other.text)

    assert complaints(record) == {"text_version": "Dieser Text gehört zu einer anderen Erklärung."}


def test_a_withdrawal_before_the_signature_is_refused():
    record = Signature(
        round=papers.signing_round(papers.declaration()),
        organisation=papers.body("Musterstadt"),
        status="withdrawn",
        signed_on=FuzzyDate.of_year(2014),
        withdrawn_on=FuzzyDate.of_year(2013),
    )

    assert complaints(record) == {
        "withdrawn_on": "Die Unterzeichnung wurde zurückgezogen, bevor sie erfolgt war."
    }


def test_a_text_version_that_has_been_signed_stays(desk):
    """Red without DeclarationForm: the database would answer with an error page."""
    page = papers.declaration()
    text = page.text
    papers.signing_round(page, text_version=text)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    texts = inline_formset(
        [
            {
                "id": str(text.pk), "number": "1", "adopted_on": "", "binding_for": "all",
                "preamble": rich_text(""), "body": streamfield([]), "DELETE": "1",
            }
        ],
        initial=1,
    )  # fmt: skip
    data = nested_form_data(
        {
            "title": page.title, "slug": page.slug, "summary": "", "basis_of": "", "topics": "",
            "editors_note": rich_text(""), "texts": texts, "opened_on": "", "rhythm_note": "",
            "stated_total_0": "exact", "stated_total_1": "", "stated_total_2": "",
            "stated_total_note": "", "attachments": inline_formset([]), "origin": "taken_over",
            "reference_number": "", "audience": "public", "network": "", "audience_group": "",
            "retention_class": "permanent", "seo_title": "", "search_description": "",
            "comments": inline_formset([]),
        }
    )  # fmt: skip

    response = desk.post(address, data)

    assert response.context["form"].non_field_errors() == [
        "Diese Textfassung ist unterzeichnet und kann nicht entfernt werden."
        " Bitte fügen Sie eine neue Fassung hinzu."
    ]


def address_of_a_new_agreement():
    return reverse(
        "wagtailadmin_pages:add", args=["agreements", "agreementpage", papers.series().pk]
    )


def test_a_new_agreement_is_proposed_with_the_next_number_and_the_standing_parties(desk):
    papers.agreement(1)
    papers.agreement(4)
    series = papers.series()
    series.standing_parties = [
        StandingParty(
            organisation=papers.body("Musterland"), capacity="für das Land", sort_order=0
        ),
        StandingParty(organisation=papers.body("Musterverband"), sort_order=1),
    ]
    series.save()

    form = desk.get(address_of_a_new_agreement()).context["form"]

    assert form["number"].value() == 5
    rows = form.formsets["parties"].forms
    assert [row["organisation"].value() for row in rows] == [
        papers.body("Musterland").pk, papers.body("Musterverband").pk
    ]  # fmt: skip
    assert rows[0]["capacity"].value() == "für das Land"


def test_proposed_parties_are_saved_as_they_were_sent(desk):
    """The proposal arrives as rows without a key; one is kept, one is struck out."""
    rows = [
        {
            "id": "", "organisation": str(papers.body(name).pk), "capacity": "", "side": "1",
            "approval_status": "open", "signature_status": "open", "signatory": "",
            "signed_on": "", "DELETE": struck,
        }
        for name, struck in (("Musterland", ""), ("Musterverband", "1"))
    ]  # fmt: skip

    desk.post(
        address_of_a_new_agreement(),
        form_data(number="2", parties=inline_formset(rows, initial=2)),
    )

    parties = AgreementPage.objects.get().parties.all()
    assert [str(party) for party in parties] == [str(papers.body("Musterland"))]


def test_the_form_of_an_existing_agreement_proposes_nothing(desk):
    page = papers.agreement(3)

    form = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    assert form["number"].value() == 3
    assert len(form.formsets["parties"].initial_forms) == 2


def test_groups_are_offered_by_the_names_of_their_roles(desk):
    """Red without cms.accounts.forms: the keys of the groups would be read."""
    Group.objects.create(name="Beirat")

    with translation.override("de"):
        form = desk.get(address_of_a_new_agreement()).context["form"]
        names = [name for _, name in form.fields["audience_group"].choices]

    assert {"Fachprüfung", "Beirat"} <= set(names)
    assert "reviewers" not in names
