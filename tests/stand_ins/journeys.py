"""Papers at a chosen point of their way, brought there by the real actions."""

from pathlib import Path

from wagtail.models import Page

from cms.core.digests import canonical_json, sha256
from tests.people import alma, bruno, minister
from tests.stand_ins.models import Paper, PaperPage
from workflow import actions, digests
from workflow.models import Journey, Route

REVIEW = {
    "key": "review",
    "kind": "review",
    "label": "Fachprüfung",
    "participants": [{"kind": "group", "key": "reviewers", "label": "Fachprüfung"}],
    "completion": "any",
    "exclude": ["author", "editors"],
    "answers": ["agreed"],
    "deadline": {"calendar_days": 10},
    "may_return_to": ["author"],
}
APPROVAL = {
    **REVIEW,
    "key": "approval",
    "kind": "approval",
    "label": "Zustimmung",
    "participants": [{"kind": "group", "key": "ministry", "label": "Ministerium"}],
    "answers": ["agreed", "objected"],
}
BY_PARTIES = {
    **REVIEW,
    "key": "parties",
    "label": "Zustimmung der Kommunen",
    "participants": [{"kind": "parties"}],
    "completion": "all",
    "answers": ["agreed", "objected"],
}


def definition(*stages, key="paper_page", subject=None):
    return {
        "key": key,
        "title": "Ablauf",
        "subject": subject or key,
        "stage": list(stages or (REVIEW, APPROVAL)),
    }


def route(*stages, key="paper_page"):
    """Load a route; a second call for the same key makes its next version."""
    text = definition(*stages, key=key)
    present = Route.objects.present(key)
    return Route.objects.create(
        key=key,
        version=present.version + 1 if present else 1,
        title=text["title"],
        subject_kind=text["subject"],
        definition=text,
        digest=sha256(canonical_json(text)),
    )


def draft(title="Kooperation", body="<p>Erster Entwurf.</p>", by=None):
    """A page that somebody has written and saved, below the root."""
    by = by or alma()
    page = PaperPage(title=title, body=body, owner=by)
    Page.objects.get(depth=1).add_child(instance=page)
    page.save_revision(user=by)
    return fresh(page)


def paper(by=None, **fields):
    return Paper.objects.create(
        title="Satzung", text="Erster Entwurf.", author=by or alma(), **fields
    )


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def edit(page, body, by=None):
    """Save another text as a draft, as the editor does."""
    page = fresh(page)
    page.body = body
    return page.save_revision(user=by or alma())


def present_digest(page):
    return digests.digest_of(fresh(page), fresh(page).get_latest_revision())


def open_stage(journey):
    return Journey.objects.get(pk=journey.pk).open_stage


def agree(journey, by, comment=""):
    stage = open_stage(journey)
    digest = (
        present_digest(journey.subject)
        if isinstance(journey.subject, PaperPage)
        else digests.digest_of(journey.subject)
    )
    return actions.decide(stage=stage, by=by, answer="agreed", seen_digest=digest, comment=comment)


def in_review(page=None, by=None):
    """A page that was submitted and lies with the reviewers."""
    if not Route.objects.filter(subject_kind="paper_page").exists():
        route()
    bruno(), minister()
    return actions.submit(subject=page or draft(by=by), by=by or alma())


def before_approval(page=None):
    """A page that was reviewed and lies with the ministry."""
    journey = in_review(page)
    agree(journey, bruno())
    return Journey.objects.get(pk=journey.pk)


def agreed(page=None):
    """A page that was approved and is public."""
    journey = before_approval(page)
    agree(journey, minister())
    return Journey.objects.get(pk=journey.pk)


def returned(page=None):
    journey = in_review(page)
    digest = present_digest(journey.subject)
    actions.send_back(
        stage=open_stage(journey), by=bruno(), seen_digest=digest, comment="Bitte kürzen."
    )
    return Journey.objects.get(pk=journey.pk)


def shipped(name):
    return Path(__file__).parents[2] / "workflow" / "routes" / f"{name}.toml"
