"""Guests: what stands behind a link, and how the page of a journey lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from cms.core import outbox
from cms.core.digests import sha256
from workflow import differences, digests, people, reading, subjects
from workflow.actions.standing import Standing
from workflow.models import Decision, GuestLink, Journey, Participant, Stage
from workflow.rules.definition import AUTHOR
from workflow.rules.guests import GuestState, LinkFacts, refusal_of_link
from workflow.rules.refusals import Refusal
from workflow.rules.states import (
    Answer,
    Channel,
    JourneyStatus,
    ParticipantKind,
    StageKind,
    StageStatus,
)
from workflow.wording import AGREEING, ANSWERS, MEANINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A link that somebody came by, how its paper stands, and why it leads nowhere, if so."""

    link: GuestLink
    standing: Standing
    refusal: Refusal | None

    @property
    def stage(self) -> Stage:
        return self.link.participant.stage


def digest_of_token(token: str) -> str:
    return sha256(token.encode(errors="replace"))


def digest_of_code(link: GuestLink, code: str) -> str:
    """Return what is kept of a code: a million codes are quickly tried without the secret key."""
    value = f"{link.token_digest}:{code}"
    return salted_hmac("workflow.guest_code", value, algorithm="sha256").hexdigest()


def visit_by(token: str) -> Visit | None:
    """Return what a token leads to; None for one that nobody was ever sent."""
    link = (
        GuestLink.objects.filter(token_digest=digest_of_token(token))
        .select_related("participant__stage__journey__content_type")
        .first()
    )
    standing = reading.standing_of(link.participant.stage.journey) if link else None
    if link is None or standing is None:
        return None
    return Visit(link=link, standing=standing, refusal=_refusal(link, standing))


def refusal_of(link: GuestLink) -> Refusal | None:
    """Return why a link leads nowhere now, asked without locks on the paper."""
    standing = reading.standing_of(link.participant.stage.journey)
    return Refusal.LINK_INVALID if standing is None else _refusal(link, standing)


def note_letter(participant: Participant) -> None:
    """Note a letter with a personal link; the link is made when the letter is written."""
    note_letters(participant.stage, [participant])


def note_letters(stage: Stage, participants: Iterable[Participant]) -> None:
    payloads = {
        f"{one.pk}:{stage.openings}": {"participant": one.pk, "opening": stage.openings}
        for one in participants
    }
    outbox.put_all("workflow.letters.guests", payloads)


def facts_of(
    link: GuestLink, participant: Participant, stage: Stage, standing: Standing
) -> LinkFacts:
    decision = answer_of(participant)
    return LinkFacts(
        journey=JourneyStatus(standing.journey.status),
        stage=StageStatus(stage.status),
        is_revoked=link.revoked_at is not None,
        has_expired=link.expires_at <= timezone.now(),
        is_of_this_opening=link.opening == stage.openings,
        takes_part=participant.gone_at is None,
        is_of_this_text=link.content_digest == standing.digest,
        answer=Answer(decision.answer) if decision else None,
    )


def answer_of(participant: Participant) -> Decision | None:
    """Return the answer that holds at a participant's place."""
    return Decision.objects.filter(participant=participant, lapsed_at=None).first()


def account_behind(mail: str) -> Any:
    """Return the account with a guest's address, active or not; mostly there is none."""
    return get_user_model()._default_manager.filter(email__iexact=mail).first()


def has_a_seat(mail: str, stage: Stage) -> bool:
    """Return whether a guest's address belongs to somebody who answers in the stage anyway."""
    account = account_behind(mail)
    return bool(account and account.is_active and people.seats_of(account, stage))


def asks_guests(stage: Stage) -> bool:
    return any(one["kind"] == "guests" for one in stage.definition.participants)


def who_asks(participant: Participant) -> str:
    """Return in whose name a guest is asked."""
    by_hand = people.name_of(participant.invited_by)
    return by_hand or participant.stage.journey.started_by_label


def text_for(visit: Visit) -> dict[str, Any]:
    """Return what a guest reads and can answer: the text, and nothing of anybody else.

    Who has answered to an earlier text sees what has changed since. Details for
    the records are left out; attached files can be opened.
    """
    standing, stage = visit.standing, visit.stage
    before = _earlier_answer(visit)
    earlier = before.revision.as_object() if before and before.revision else None
    rule = stage.definition
    answers = [answer for answer in ANSWERS if answer.value in rule.answers]
    return {
        "words": words_of(visit),
        "fields": [
            field
            for field in differences.between(earlier, standing.text)
            if not field.is_filing and field.name != differences.FILES
        ],
        "files": digests.links_of(standing.text),
        "file_changes": differences.files_between(earlier, standing.text) if before else [],
        "before": before,
        "answers": [(answer.value, _button(stage, answer), MEANINGS[answer]) for answer in answers],
        "returning": MEANINGS[Answer.RETURNED],
        "may_return": AUTHOR in rule.may_return_to,
    }


def words_of(visit: Visit) -> tuple[str, ...]:
    """Return the places of the text that are this guest's own, as the chapter names them."""
    key = visit.link.participant.key
    own = (one.words for one in subjects.guests_in(visit.standing.text) if one.mail == key)
    return next(own, ())


def guests_of(journey: Journey) -> dict[Stage, list[Participant]]:
    """Return the guests of every stage that asks some, with their links and answers."""
    asked = Participant.objects.filter(kind=ParticipantKind.GUEST.value)
    stages = journey.stages.exclude(status=StageStatus.DROPPED.value)
    found: dict[Stage, list[Participant]] = {one: [] for one in stages if asks_guests(one)}
    if found:
        rows = asked.filter(stage__in=found).select_related("stage__journey", "invited_by")
        for one in rows.prefetch_related("guest_links", "decisions"):
            found[one.stage].append(one)
    return found


def state_of(participant: Participant) -> GuestState:
    """Return how far it has come with a guest; asks no rows but those fetched with them."""
    if any(decision.lapsed_at is None for decision in participant.decisions.all()):
        return GuestState.ANSWERED
    link = next(iter(participant.guest_links.all()), None)
    if participant.gone_at is not None:
        return GuestState.REVOKED
    if link is None or link.opening != participant.stage.openings:
        return GuestState.TO_BE_ASKED
    if link.revoked_at is not None:
        return GuestState.REVOKED
    return GuestState.EXPIRED if link.expires_at <= timezone.now() else GuestState.LINK_SENT


def _button(stage: Stage, answer: Answer) -> str | Promise:
    """Return what a guest's button says; who gives an opinion says yes or no to a text."""
    kind = StageKind(stage.kind)
    if answer is not Answer.AGREED or kind is StageKind.OPINION:
        return ANSWERS[answer]
    return AGREEING.get(kind, ANSWERS[answer])


def _refusal(link: GuestLink, standing: Standing) -> Refusal | None:
    participant = link.participant
    return refusal_of_link(facts_of(link, participant, participant.stage, standing))


def _earlier_answer(visit: Visit) -> Decision | None:
    """Return what this guest answered last to another text of the paper."""
    own = Decision.objects.filter(
        participant__kind=ParticipantKind.GUEST.value,
        participant__key=visit.link.participant.key,
        stage__journey__in=Journey.objects.of(visit.standing.subject),
        channel=Channel.GUEST_LINK.value,
    )
    others = own.exclude(content_digest=visit.standing.digest).exclude(revision=None)
    return others.select_related("revision").order_by("-pk").first()
