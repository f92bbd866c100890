"""What a journey means for an agreement, and keeping search in step."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from cms.agreements import accession_rules
from cms.agreements.errors import AgreementsError
from cms.agreements.models import (
    AccessionPage,
    AgreementPage,
    AgreementSeriesPage,
    DeclarationPage,
    Signature,
    SigningRound,
)
from cms.agreements.rules import State, refusal_to_move, refusal_to_submit
from cms.agreements.statements import stated_in
from search.indexing import touch
from search.sources import key_for
from workflow import signals

FOUND = (AccessionPage, AgreementPage, AgreementSeriesPage, DeclarationPage)


def follow(agreement: AgreementPage, to: State) -> None:
    """Take the agreement to a state, if a way leads there from where it stands now.

    An agreement in force stays in force while a correction of its text travels.
    """
    rows = AgreementPage.objects.select_for_update().filter(pk=agreement.pk)
    present = rows.values_list("state", flat=True).get()
    if refusal_to_move(present, to) is None:
        rows.update(state=to.value)
        agreement.state = to.value


def review_began(sender: Any, subject: AgreementPage, **kwargs: Any) -> None:
    """Take a complete draft into its review; an incomplete one does not set out."""
    draft = subject.get_latest_revision_as_object()
    refusal = refusal_to_submit(parties=draft.parties.count(), articles=len(draft.articles))
    if refusal:
        raise AgreementsError(refusal)
    follow(subject, State.INTERNAL_REVIEW)


def check_began(sender: Any, subject: AccessionPage, **kwargs: Any) -> None:
    """Let only a complete request set out, and only while the declaration can be acceded to."""
    request = subject.get_latest_revision_as_object()
    incomplete = accession_rules.refusal_to_submit(
        stated_in(request.statements),
        has_text=request.text_version is not None,
        has_contact=request.contact is not None,
    )
    if incomplete:
        refusal, numbers = incomplete
        raise AgreementsError(refusal, numbers=", ".join(map(str, numbers)))
    declaration = request.declaration_page()
    if not request.live and (refused := request.refusal_to_accede(declaration)):
        raise AgreementsError(refused)


def review_agreed(sender: Any, subject: AgreementPage, **kwargs: Any) -> None:
    follow(subject, State.READY_FOR_SIGNATURE)


def review_returned(sender: Any, subject: AgreementPage, **kwargs: Any) -> None:
    follow(subject, State.RETURNED)


def review_refused(sender: Any, subject: AgreementPage, **kwargs: Any) -> None:
    follow(subject, State.REFUSED)


def review_withdrawn(sender: Any, subject: AgreementPage, **kwargs: Any) -> None:
    follow(subject, State.WITHDRAWN)


def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    touch(key_for(instance))


def series_of_changed(sender: Any, instance: AgreementPage, **kwargs: Any) -> None:
    """The entry of a series names its agreements."""
    if series := instance.series_page():
        touch(f"agreements.agreementseriespage:{series.pk}")


def round_changed(sender: Any, instance: SigningRound, **kwargs: Any) -> None:
    touch(f"agreements.declarationpage:{instance.declaration_id}")


def signature_changed(sender: Any, instance: Signature, **kwargs: Any) -> None:
    touch(f"agreements.declarationpage:{instance.round.declaration_id}")


def connect() -> None:
    for signal, receiver in (
        (signals.journey_started, review_began),
        (signals.journey_agreed, review_agreed),
        (signals.journey_returned, review_returned),
        (signals.journey_refused, review_refused),
        (signals.journey_withdrawn, review_withdrawn),
    ):
        signal.connect(receiver, sender=AgreementPage)
    signals.journey_started.connect(check_began, sender=AccessionPage)
    for page in FOUND:
        page_published.connect(changed, sender=page)
        page_unpublished.connect(changed, sender=page)
        post_delete.connect(changed, sender=page)
    page_published.connect(series_of_changed, sender=AgreementPage)
    page_unpublished.connect(series_of_changed, sender=AgreementPage)
    for signal in (post_save, post_delete):
        signal.connect(round_changed, sender=SigningRound)
        signal.connect(signature_changed, sender=Signature)
