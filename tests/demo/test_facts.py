"""Each fact of the sources is in the database; what is unknown or inferred still is."""

from datetime import date
from typing import Any

import pytest

from cms.agreements.models import AgreementPage, AgreementSeriesPage, DeclarationPage
from cms.core.values import ApproxCount, FuzzyDate
from cms.documents.models import Reference
from cms.events.models import DocumentationPage, EventPage, EventSeriesPage
from cms.networks.models import (
    CriteriaList,
    Mandate,
    Membership,
    NetworkFormat,
    NetworkOffice,
    NetworkProfile,
    Organisation,
    OrganisationDetail,
    OrganisationFigure,
    OrganisationName,
    OrganisationRelation,
    Person,
    Programme,
)
from tests.demo import facts

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def body(key: str) -> Organisation:
    return Organisation.objects.get(key=key)


def chain(slug: str) -> list[AgreementPage]:
    series = AgreementSeriesPage.objects.get(slug=slug)
    return list(AgreementPage.objects.child_of(series).order_by("number"))


def test_every_body_of_the_sources_is_there_and_real() -> None:
    for key, (kind, land) in facts.BODIES.items():
        found = body(key)

        assert (found.kind, found.land, found.is_invented) == (kind, land, False), key


def test_bodies_have_all_their_names_without_invented_dates() -> None:
    for key, name, form in facts.NAMES:
        found = OrganisationName.objects.get(organisation__key=key, name=name)

        assert found.form == form
        assert not found.starts.is_known
        assert not found.ends.is_known
    for key, name in facts.PRESENT_NAMES.items():
        assert body(key).present_name == name


def test_the_second_name_of_the_associations_stays_an_inference() -> None:
    name = OrganisationName.objects.get(organisation__key="ksv-bw", form="alias")

    assert name.certainty == "inferred"
    assert body("ksv-bw").note


@pytest.mark.parametrize(("one", "kind", "other", "certainty", "since"), facts.RELATIONS)
def test_a_relation_is_kept_with_its_certainty(
    one: str, kind: str, other: str, certainty: str, since: str
) -> None:
    found = OrganisationRelation.objects.get(organisation__key=one, kind=kind, other__key=other)

    assert found.certainty == certainty
    assert found.starts.iso == since


def test_real_bodies_have_no_relations_beyond_the_sources() -> None:
    relations = OrganisationRelation.objects.filter(organisation__is_invented=False)

    assert relations.count() == len(facts.RELATIONS)


def test_details_and_figures_are_kept() -> None:
    for key, kind, number in facts.DETAILS:
        assert OrganisationDetail.objects.filter(organisation__key=key, kind=kind).count() == number
    for key, label, count, unit in facts.FIGURES:
        where = {"organisation__key": key} if key else {"organisation": None}
        found = OrganisationFigure.objects.get(label=label, **where)
        assert (found.count, found.unit) == (ApproxCount.parse(count), unit)
    address = body("3win").contacts.get(kind="address")
    assert "50668 Köln" in address.value


def test_networks_state_their_members_and_fee() -> None:
    for key, members, fee in facts.NETWORKS:
        profile = NetworkProfile.objects.get(network__key=key)
        assert profile.stated_members == ApproxCount.parse(members)
        assert profile.membership_fee == fee
        assert not profile.register_complete
    assert NetworkProfile.objects.get(network__key="landesnetz-be").further_members
    assert body("gnw-be").founded == FuzzyDate.of_year(2001)


def test_memberships_of_real_networks_are_those_of_the_sources() -> None:
    real = Membership.objects.filter(network__is_invented=False)

    found = {(row.network.key, row.organisation.key) for row in real}

    assert found == set(facts.MEMBERSHIPS)
    assert not any(row.starts.is_known for row in real)


def test_the_advisory_mandate_runs_since_2008_with_unknown_predecessor() -> None:
    mandate = Mandate.objects.get(mandator__key="gnw-be", kind="advice")

    assert mandate.holder.key == "ifas"
    assert (mandate.starts.iso, mandate.ends.iso) == ("2008", "")
    assert (mandate.cost_for_members, mandate.predecessor) == (0, "")
    assert len(mandate.services.splitlines()) == 3
    assert len(mandate.audience_text.splitlines()) == 3


def test_programmes_have_owner_and_funder() -> None:
    for title, kind, owner, funder in facts.PROGRAMMES:
        found = Programme.objects.get(title=title)

        assert (found.kind, found.owner.key) == (kind, owner)
        assert (found.funder.key if found.funder else None) == funder


def test_formats_and_criteria_of_the_network() -> None:
    for title, times, per, irregular, internal, contents in facts.FORMATS:
        found = NetworkFormat.objects.get(network__key="knw-nrw", title=title)
        assert (found.times, found.per) == (times, per)
        assert (found.irregular, found.internal) == (irregular, internal)
        assert len(found.contents.splitlines()) == contents
    criteria = CriteriaList.objects.get(network__key="knw-nrw").criteria.all()
    assert [one.key for one in criteria] == facts.CRITERIA


def test_the_speakers_team_has_two_holders_of_unknown_term() -> None:
    office = NetworkOffice.objects.get(network__key="knw-nrw")

    posts = list(office.posts.all())

    assert {post.organisation.key for post in posts} == {"kreis-oberberg", "stadt-rheine"}
    assert not any(post.starts.is_known or post.ends.is_known for post in posts)
    assert len(office.duties.splitlines()) == 3


def test_one_person_held_two_posts_with_2017_as_border() -> None:
    person = Person.objects.get(key="regierungspraesident-arnsberg")

    posts = {post.organisation.key: (post.starts.iso, post.ends.iso) for post in person.posts.all()}

    assert posts == {"stadt-arnsberg": ("1999", "2017"), "br-arnsberg": ("2017", "")}


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("land-und-kommunale-spitzenverbaende", facts.KOOP_BW),
        ("land-und-gemeindetag", facts.KOOP_GNW),
    ],
)
def test_a_chain_of_agreements_keeps_its_gaps(slug: str, expected: list[Any]) -> None:
    found = chain(slug)

    rows = [(one.number, one.concluded_on.iso, one.state, one.certainty) for one in found]

    assert rows == expected
    for one in found:
        assert not one.effective_from.is_known
        assert not one.effective_to.is_known
        assert (one.renewal_mode, one.preamble, len(one.body)) == ("", "", 0)
        assert not any(party.signatory for party in one.parties.all())


def test_the_two_chains_stay_apart_with_an_unclear_relation() -> None:
    first = AgreementSeriesPage.objects.get(slug="land-und-kommunale-spitzenverbaende")
    second = AgreementSeriesPage.objects.get(slug="land-und-gemeindetag")

    assert [(one.other, one.kind) for one in first.relations.all()] == [(second, "unclear")]
    assert first.editors_note
    assert second.editors_note
    assert second.basis_of == body("gnw-be")
    reference = Reference.objects.get(kind="related_to", from_id=str(first.pk))
    assert (reference.to_record, reference.certainty) == (second, "unclear")


def test_parties_of_the_chains() -> None:
    for slug, parties in (
        ("land-und-kommunale-spitzenverbaende", {"sm-bw", "ksv-bw"}),
        ("land-und-gemeindetag", {"sm-bw", "gemeindetag-bw"}),
    ):
        for agreement in chain(slug):
            assert {one.organisation.key for one in agreement.parties.all()} == parties


def test_the_declaration_with_its_first_round_and_open_accessions() -> None:
    page = DeclarationPage.objects.get(slug="zukunftsfaktor-buergerengagement")
    first, later = page.rounds.order_by("number")

    assert page.basis_of == body("knw-nrw")
    assert page.stated_total == ApproxCount.parse("more_than 100")
    assert (first.kind, first.ceremony.iso) == ("first_signing", "2012-12")
    assert [(one.kind, one.count) for one in first.unnamed.all()] == [
        ("municipality", ApproxCount(10))
    ]
    assert {(one.organisation.key, one.capacity) for one in first.signatures.all()} == {
        ("ksv-nrw", ""),
        ("mfkjks-nrw", "Ministerin"),
    }
    assert (later.kind, later.ceremony.iso, later.certainty) == ("accession", "", "unclear")
    assert not later.unnamed.exists()
    assert "Zahl und Namen sind unbekannt" in later.note
    assert later.signatures.get().organisation.key == "br-arnsberg"
    assert page.rhythm_note


def test_the_seminar_series_with_three_dates_and_questions() -> None:
    series = EventSeriesPage.objects.get(slug="zivilgesellschaft-und-amt")

    events = EventPage.objects.child_of(series).order_by("number")

    assert (series.programme_state, series.registration_state) == ("pending", "not_open")
    assert (series.host.key, series.programme.key) == ("hbs", "kommunen-innovativ")
    assert {one.organisation.key for one in series.partners.all()} == {"difu", "thuenen"}
    assert len(series.leading_questions) == 3
    assert series.image_credit == "pixabay, geralt"
    assert series.announce_at
    rows = [
        (one.number, one.takes_place_on.iso, one.stated_weekday, len(one.questions))
        for one in events
    ]
    assert rows == facts.SEMINARS
    for one in events:
        assert [moment.hour for moment in one.local_times] == [14, 17]


def test_the_conference_with_findings_and_an_open_concern() -> None:
    page = DocumentationPage.objects.get(event__slug="kommunentagung-2012")
    event = page.event

    assert event.takes_place_on == FuzzyDate.day(date(2012, 5, 15))
    assert (event.place, event.host.key, event.duration) == ("Köln", "3win", "ein Tag")
    assert event.programme.key == "gemeinsam-wirken"
    assert event.partners.get().organisation.key == "mfkjks-nrw"
    assert page.participants_total == 20
    assert (page.municipal_representatives, page.municipalities) == (15, 10)
    assert len(page.leading_questions) == 3
    assert str(page.body).count("<li") == 4
    assert page.findings.count() == 6
    assert page.findings.filter(applies_to="county").count() == 1
    concern = page.concerns.get()
    assert concern.status == "willingness_declared"
    assert {one.organisation.key for one in concern.uptakes.all()} == {"3win", "mfkjks-nrw"}
    assert concern.result is None
