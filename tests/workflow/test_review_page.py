"""Confirming in one step, answering for several, the difference, the PDF, and what it costs."""

import re

import pypdfium2
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.documents.models import Attachment, File, FilePage
from tests.people import PASSWORD, account, alma, bruno
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Decision, Deputyship, Return

pytestmark = pytest.mark.django_db

MOST_QUERIES = 60
PARTIES = {**journeys.BY_PARTIES, "answers": ["agreed", "agreed_with_remarks", "objected"]}

# Two groups, both of which have to agree: after the first answer the text can still change.
BY_TWO = {
    **journeys.REVIEW,
    "completion": "all",
    "participants": [
        {"kind": "group", "key": "reviewers", "label": "Fachprüfung"},
        {"kind": "group", "key": "ministry", "label": "Ministerium"},
    ],
}


def text(response):
    return response.content.decode()


def hidden_fields(response):
    names = "stage|seen_digest|to|earlier|participant"
    return dict(re.findall(rf'name="({names})" value="([^"]*)"', text(response)))


def of_town(town):
    address = f"wera@{town}.example"
    return User.objects.filter(email=address).first() or User.objects.create_user(
        address, PASSWORD, first_name="Wera", last_name=f"Wirt-{town.title()}"
    )


def with_policy(policy):
    """A paper on which Bruno agreed, and whose text was changed after that."""
    journeys.route({**BY_TWO, "on_change": policy})
    journey = journeys.in_review()
    journeys.agree(journey, bruno(), comment="Gern.")
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    return journey


@pytest.mark.parametrize("policy", ["ask_confirm", {"lapse_if": ["body"]}])
def test_a_lapsed_answer_is_confirmed_in_one_step_next_to_the_difference(signed_in, policy):
    journey = with_policy(policy)
    browser = signed_in(bruno())

    page = browser.get(journey.get_absolute_url())
    answer = browser.post(reverse("workflow:confirm", args=[journey.pk]), hidden_fields(page))

    assert "<del>[−Erster−]</del>" in text(page)
    assert "<ins>[+Zweiter+]</ins>" in text(page)
    assert "Für den jetzigen Text bestätigen" in text(page)
    assert answer.status_code == 302
    earlier, again = Decision.objects.order_by("pk")
    assert (again.confirms, again.answer, again.comment) == (earlier, "agreed", "Gern.")
    assert "zum geänderten Text bestätigt" in text(browser.get(journey.get_absolute_url()))


def test_where_all_lapses_nothing_is_confirmed_but_the_difference_is_shown(signed_in):
    journey = with_policy("lapse_all")
    browser = signed_in(bruno())

    page = browser.get(journey.get_absolute_url())
    forged = {**hidden_fields(page), "earlier": Decision.objects.get().pk}
    answer = browser.post(reverse("workflow:confirm", args=[journey.pk]), forged)

    assert "Für den jetzigen Text bestätigen" not in text(page)
    assert "<ins>[+Zweiter+]</ins>" in text(page)
    assert answer.status_code == 409
    assert Decision.objects.count() == 1


def test_a_confirmation_holds_for_the_text_that_was_seen(signed_in):
    journey = with_policy("ask_confirm")
    browser = signed_in(bruno())
    seen = hidden_fields(browser.get(journey.get_absolute_url()))
    journeys.edit(journey.subject, "<p>Dritter Entwurf.</p>")

    answer = browser.post(reverse("workflow:confirm", args=[journey.pk]), seen)

    assert answer.status_code == 409
    assert not Decision.objects.filter(lapsed_at=None).exists()


def test_an_answer_of_somebody_else_is_not_mine_to_confirm(signed_in):
    journey = with_policy("ask_confirm")
    berta = account("Berta Blum", Role.REVIEWERS)
    browser = signed_in(berta)

    page = browser.get(journey.get_absolute_url())
    forged = {**hidden_fields(page), "earlier": Decision.objects.get().pk}
    answer = browser.post(reverse("workflow:confirm", args=[journey.pk]), forged)

    assert "Für den jetzigen Text bestätigen" not in text(page)
    assert answer.status_code == 409


def test_who_has_several_seats_says_for_whom(signed_in):
    journeys.route(BY_TWO)
    journey = journeys.in_review()
    bruno().groups.add(Group.objects.get(name="ministry"))
    browser = signed_in(bruno())

    page = browser.get(journey.get_absolute_url())
    seats = re.findall(r'<option value="(\d+)">(Fachprüfung|Ministerium)', text(page))
    chosen = {label: number for number, label in seats}["Ministerium"]
    browser.post(
        reverse("workflow:decide", args=[journey.pk]),
        {**hidden_fields(page), "answer": "agreed", "participant": chosen},
    )

    assert "Für wen antworten Sie?" in text(page)
    assert Decision.objects.get().participant_label == "Ministerium"


def test_a_deputy_reads_in_whose_place_they_answer_and_it_goes_on_record(signed_in):
    journey = journeys.in_review()
    today = timezone.localdate()
    deputy = account("Dora Dahl")
    Deputyship.objects.create(principal=bruno(), deputy=deputy, starts=today, ends=today)
    browser = signed_in(deputy)

    page = browser.get(journey.get_absolute_url())
    browser.post(
        reverse("workflow:decide", args=[journey.pk]), {**hidden_fields(page), "answer": "agreed"}
    )
    after = text(signed_in(alma()).get(journey.get_absolute_url()))

    assert "Sie antworten für: Fachprüfung, in Vertretung von Bruno Behrend" in text(page)
    assert "in Vertretung von Bruno Behrend" in after
    assert "Fachprüfung / Bruno Behrend" in after[after.index('id="verlauf"') :]


def test_a_text_goes_back_to_the_stage_that_was_chosen(signed_in):
    journeys.route(journeys.REVIEW, {**journeys.APPROVAL, "may_return_to": ["author", "review"]})
    journey = journeys.before_approval()
    browser = signed_in(account("Mona Marquardt", Role.MINISTRY))

    page = browser.get(journey.get_absolute_url())
    browser.post(
        reverse("workflow:return", args=[journey.pk]),
        {**hidden_fields(page), "answer": "returned", "to": "review", "comment": "Bitte neu."},
    )

    assert "an die Station „Fachprüfung“" in text(page)
    assert Return.objects.get().to_stage.key == "review"


def test_the_form_says_which_answers_need_a_reason(signed_in):
    journeys.route({**journeys.REVIEW, "answers": ["agreed", "agreed_with_remarks", "objected"]})
    journey = journeys.in_review()

    page = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert "Nötig bei: Mit Anmerkungen zustimmen, Ablehnen." in page


def with_file(page, name, content):
    file = File(title=name, file=ContentFile(content.encode(), name=f"{name}.txt"))
    file.save()
    FilePage.objects.create(file=file, number=1, text=content)
    return Attachment(file=file, title=name)


def test_the_texts_of_replaced_files_are_compared_and_all_is_summed_up(signed_in):
    page = journeys.draft(body="<p>Erster Entwurf.</p><p>Bleibt.</p>")
    page.attachments = [with_file(page, "Anlage", "Die Frist endet im Mai.")]
    page.save_revision(user=alma())
    journeys.route(BY_TWO)
    journey = journeys.in_review(journeys.fresh(page))
    journeys.agree(journey, bruno())
    page = journey.subject.get_latest_revision_as_object()
    page.body = "<p>Zweiter Entwurf.</p><p>Bleibt.</p>"
    page.attachments = [with_file(page, "Anlage", "Die Frist endet im Juni.")]
    page.save_revision(user=alma())

    shown = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert "Was sich in der Datei „Anlage“ geändert hat" in shown
    assert "<del>[−Mai.−]</del><ins>[+Juni.+]</ins>" in shown
    assert "1 Absatz geändert, 1 Datei ersetzt." in shown


def test_a_file_exchanged_under_its_name_is_told(signed_in):
    page = journeys.draft()
    page.attachments = [with_file(page, "Anlage", "Die Frist endet im Mai.")]
    page.save_revision(user=alma())
    journey = journeys.in_review(journeys.fresh(page))
    journeys.agree(journey, bruno())
    file = File.objects.get()
    file.file = ContentFile(b"Etwas anderes.", name="anlage.txt")
    file.save()

    shown = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert "unter demselben Namen ersetzt" in shown


def test_long_unchanged_passages_are_folded_and_stay_in_the_page(signed_in):
    lines = "".join(f"<p>Zeile {number}.</p>" for number in range(60))
    journeys.route(BY_TWO)
    journey = journeys.in_review(journeys.draft(body=f"<p>Anfang.</p>{lines}"))
    journeys.agree(journey, bruno())
    journeys.edit(journey.subject, f"<p>Beginn.</p>{lines}")

    shown = text(signed_in(bruno()).get(journey.get_absolute_url()))

    assert '<details class="unchanged">' in shown
    assert "59 Absätze ohne Änderung" in shown
    assert all(f"Zeile {number}." in shown for number in range(60))


def pages_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_the_pdf_has_the_text_and_on_every_page_its_number_digest_and_revision(signed_in):
    lines = "".join(f"<p>Absatz {number} über Zuständigkeit.</p>" for number in range(120))
    journey = journeys.in_review(journeys.draft(body=lines))
    address = reverse("workflow:pdf", args=[journey.pk])

    response = signed_in(bruno()).get(address)
    pages = pages_of(response.content)

    assert response["Content-Type"] == "application/pdf"
    assert len(pages) > 2
    assert "Absatz 119 über Zuständigkeit." in pages[-1] + pages[-2]
    digest = journeys.present_digest(journey.subject)
    for number, page in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in page
        assert digest in page
        assert f"Revision {journey.subject.latest_revision_id} " in page
    assert signed_in(account("Cem Cetin", Role.MEMBERS)).get(address).status_code == 404


def test_a_sign_without_a_shape_is_named_in_the_pdf_and_markup_is_text(signed_in):
    journey = journeys.in_review(journeys.draft(body="<p>a 漢 b &lt;b&gt;c</p>"))

    pages = pages_of(signed_in(bruno()).get(reverse("workflow:pdf", args=[journey.pk])).content)

    assert "a [U+6F22] b <b>c" in pages[0]


def cost(signed_in, towns, *, files):
    """Return the queries of a page with so many parties, half of which have answered."""
    names = [f"ort{number}" for number in range(towns)]
    people = [of_town(name) for name in names]
    page = journeys.draft(f"Mit {towns}")
    page.towns = " ".join(names)
    page.save()
    page.attachments = [with_file(page, f"Anlage {n}", f"Text {n}") for n in range(files)]
    page.save_revision(user=alma())
    journey = actions.submit(subject=journeys.fresh(page), by=alma())
    stage, digest = journeys.open_stage(journey), journeys.present_digest(journey.subject)
    answered = zip(stage.participants.order_by("pk")[: towns // 2], people, strict=False)
    Decision.objects.bulk_create(
        Decision(
            stage=stage, participant=one, answer="agreed", decided_by=person,
            decided_by_label=str(person), participant_label=one.label, content_digest=digest,
        )
        for one, person in answered
    )  # fmt: skip
    browser = signed_in(people[-1])
    browser.get(journey.get_absolute_url())
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(journey.get_absolute_url())
    assert "Zustimmen" in text(response)
    return len(captured)


def test_the_page_costs_the_same_with_3_and_with_300_parties(signed_in):
    journeys.route(PARTIES)

    few = cost(signed_in, 3, files=2)
    many = cost(signed_in, 300, files=2)

    assert few == many
    assert many <= MOST_QUERIES
