"""Ten thousand open tasks: desk and Wagtail's own pages hold, at a fixed number of queries."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.accounts.roles import Role
from tests.people import account, bruno, cem
from tests.stand_ins import journeys
from tests.stand_ins.models import Paper, PaperPage
from workflow import actions
from workflow.desk import PER_PAGE, Pile, sheet_of, tasks_for
from workflow.models import Deputyship, Journey, JourneyTask, JourneyTaskState, Participant, Stage

pytestmark = pytest.mark.django_db

MANY = 10_000


def many_papers(number, like):
    return Paper.objects.bulk_create(
        Paper(title=f"Satzung {n}", author=like.started_by) for n in range(number)
    )


def many_open_tasks(papers, model, like):
    """Copies of one open journey for other papers, quicker than by the actions."""
    stage = like.open_stage
    rule = {**stage.rule, "exclude": ["author", "editors", "submitter", "earlier"], "bulk": True}
    content_type = ContentType.objects.get_for_model(model)
    made = Journey.objects.bulk_create(
        Journey(
            route=like.route, content_type=content_type, subject_id=str(paper.pk),
            kind="paper_page", subject_label=paper.title, started_by=like.started_by,
            editor_ids=[like.started_by_id], content_digest="0" * 64,
        )
        for paper in papers
    )  # fmt: skip
    now = timezone.now()
    stages = Stage.objects.bulk_create(
        Stage(
            journey=journey, order=1, key="review", kind="review", label="Fachprüfung",
            status="open", opened_at=now, openings=1, rule=rule,
            due_at=now + timedelta(days=n % 40 - 5) if n % 10 else None,
        )
        for n, journey in enumerate(made)
    )  # fmt: skip
    Participant.objects.bulk_create(
        Participant(stage=one, kind="group", key="reviewers", label="Fachprüfung") for one in stages
    )
    return made


def lay_on_the_desk(number):
    like = journeys.in_review()
    many_open_tasks(many_papers(number, like), Paper, like)
    look_at_the_tables()


def look_at_the_tables():
    """What PostgreSQL's autovacuum does within a minute, but cannot inside a transaction.

    Without it the planner takes ten thousand rows for none and joins them in loops.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def many_pages_in_review(number, like):
    """Pages in Wagtail's workflow, with everything that its dashboard reads."""
    root = Page.objects.get(depth=1)
    page_type = ContentType.objects.get_for_model(PaperPage)
    base_type = ContentType.objects.get_for_model(Page)
    last = int(Page.objects.filter(depth=2).order_by("path").last().path[-4:], 36)
    pages = Page.objects.bulk_create(
        Page(
            title=f"Seite {n}", slug=f"seite-{n}", depth=2, numchild=0, content_type=page_type,
            path=Page._get_path(root.path, 2, last + 1 + n), owner=like.started_by, live=False,
            locale=root.locale, url_path=f"/seite-{n}/", draft_title=f"Seite {n}",
        )
        for n in range(number)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO stand_ins_paperpage (page_ptr_id, body, note, towns, guests, state)"
            " VALUES (%s, '', '', '', '', '')",
            [(page.pk,) for page in pages],
        )
    content = PaperPage.objects.get(pk=like.subject_id).latest_revision.content
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page_type, base_content_type=base_type, object_id=str(page.pk),
            user=like.started_by, created_at=timezone.now(), content={**content, "pk": page.pk},
        )
        for page in pages
    )  # fmt: skip
    made = many_open_tasks(pages, PaperPage, like)
    _wear(made, pages, revisions, like)
    look_at_the_tables()


def _wear(made, pages, revisions, like):
    task = JourneyTask.objects.get(kind="paper_page")
    workflow = task.workflow_tasks.get().workflow
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=ContentType.objects.get_for_model(PaperPage),
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(page.pk), workflow=workflow, requested_by=like.started_by,
        )
        for page in pages
    )  # fmt: skip
    worn = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state, revision=revision, task=task,
            content_type=ContentType.objects.get_for_model(JourneyTaskState),
        )
        for state, revision in zip(states, revisions, strict=True)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO workflow_journeytaskstate (taskstate_ptr_id, journey_id) VALUES (%s, %s)",
            [(state.pk, journey.pk) for state, journey in zip(worn, made, strict=True)],
        )
        cursor.execute(
            "UPDATE wagtailcore_workflowstate SET current_task_state_id = (SELECT id FROM"
            " wagtailcore_taskstate WHERE workflow_state_id = wagtailcore_workflowstate.id)"
            " WHERE current_task_state_id IS NULL"
        )


def stand_in(principal, deputy):
    today = timezone.localdate()
    Deputyship.objects.create(
        principal=principal, deputy=deputy, starts=today, ends=today + timedelta(days=7)
    )


def queries(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def test_ten_thousand_tasks_cost_at_most_25_queries(signed_in):
    lay_on_the_desk(MANY - 1)
    stand_in(account("Rosa Reim", Role.REVIEWERS), bruno())
    browser = signed_in(bruno())
    browser.get("/meine-aufgaben/")

    with CaptureQueriesContext(connection) as captured:
        text = browser.get("/meine-aufgaben/").content.decode()

    assert len(captured) <= 25
    assert "10000 Aufgaben warten auf Sie." in text.replace(".000", "000")


def test_the_piles_hold_everything_once_and_are_cut_into_pages():
    lay_on_the_desk(299)

    desk = tasks_for(bruno())
    later = [sheet_of(bruno(), Pile.LATER, number) for number in (1, 2, 3, 4, 5, 99)]

    assert desk.total_to_do == 300
    assert all(len(sheet.tasks) <= PER_PAGE for sheet in desk.sheets.values())
    found = [task.journey for sheet in later for task in sheet.tasks]
    assert len(found) == len(set(found)) == desk.sheets[Pile.LATER].total
    assert later[-1].tasks == ()


def test_a_pile_is_paged_on_its_own_page(signed_in):
    lay_on_the_desk(299)

    browser = signed_in(bruno())

    second = browser.get("/meine-aufgaben/?stapel=later&seite=2").content.decode()
    assert 'aria-current="page"' in second
    assert "stapel=later&amp;seite=1" in second or "stapel=later&seite=1" in second
    assert browser.get("/meine-aufgaben/?stapel=nichts").status_code == 404
    assert browser.get("/meine-aufgaben/?stapel=later&seite=unsinn").status_code == 200


def test_wagtails_start_page_and_lists_hold_with_ten_thousand_tasks(signed_in):
    like = journeys.in_review()
    many_pages_in_review(MANY - 1, like)
    reviewer, author = signed_in(bruno()), signed_in(like.started_by)
    cache.clear()
    for browser in (reviewer, author):
        assert browser.get("/verwaltung/").status_code == 200

    dashboard = queries(lambda: reviewer.get("/verwaltung/"))
    authors = queries(lambda: author.get("/verwaltung/"))
    reviewable = TaskState.objects.reviewable_by(bruno())
    listed = queries(lambda: list(reviewable.order_by("-started_at")[:20]))
    report = reviewer.get("/verwaltung/reports/workflow_tasks/?reviewable=on")

    assert dashboard <= 45
    assert authors <= 60
    assert listed == 1
    assert reviewable.count() == MANY
    assert report.status_code in (200, 302)
    text = reviewer.get("/verwaltung/").content.decode()
    assert "Meine Aufgaben" in text
    assert "Auf Ihre Überprüfung" not in text


def test_wagtails_list_names_only_what_one_can_decide():
    journey = journeys.in_review()
    journeys.in_review(journeys.draft("Zweite"))
    actions.claim(stage=journeys.open_stage(journey), by=bruno())

    assert TaskState.objects.reviewable_by(bruno()).count() == 2
    assert TaskState.objects.reviewable_by(cem()).count() == 0
