"""Decisions over HTTP, beside stock Wagtail's approve action on a plain page.

In a process of its own, because it needs the whole product. The baseline has it
easy: Wagtail's letters are off for it as well, its pages carry no rows, and it
asks one group.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.measuring import Times, line, times

ROUNDS, MANY = 20, 300

Act = Callable[[], Any]
# How long it takes, and in how many queries.
Cost = tuple[Times, int]


def run(folder: Path) -> list[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": f"sqlite:///{folder}/deciding.sqlite3",
    }
    asked = [sys.executable, "-m", "tests.bench.deciding"]
    done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0, run_syncdb=True)
    first, last = stock()
    for name, acts, baseline in (
        ("a decision", plain(publishing=False), first),
        ("the decision that publishes", plain(publishing=True), last),
        ("a decision, 3 parties", of_few_parties(), first),
        (f"a decision, {MANY} parties", of_many_parties(), first),
    ):
        took, queries = cost_of(list(acts))
        told = line(name, took, baseline[0])
        sys.stdout.write(f"{told}   queries {queries}, baseline {baseline[1]}\n")


def cost_of(acts: list[Act]) -> Cost:
    """Count the queries of the first act, and measure the others."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        acts[0]()
    # Counted at once: the next request empties the log.
    queries = len(captured)
    return times(lambda act: act(), acts[1:]), queries


def stock() -> tuple[Cost, Cost]:
    """Approve plain pages in a workflow of two tasks; the second one publishes them."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission, Page, WorkflowState
    from wagtail.workflows import publish_workflow_state

    from tests.people import minister

    ours = WorkflowState.on_finish
    # What Wagtail does where nobody has told it otherwise.
    WorkflowState.on_finish = publish_workflow_state
    group = Group.objects.get(name="ministry")
    root = Page.objects.get(depth=1)
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=root, permission=publish)
    states = list(stock_pages(root, stock_workflow(group)))
    client = signed_in(minister())
    try:
        first = cost_of([approval(client, state) for state in states])
        return first, cost_of([approval(client, state) for state in states])
    finally:
        WorkflowState.on_finish = ours


def stock_workflow(group: Any) -> Any:
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    workflow = Workflow.objects.create(name="Stock")
    for number in (0, 1):
        task = GroupApprovalTask.objects.create(name=f"Task {number}")
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    return workflow


def stock_pages(root: Any, workflow: Any) -> Iterator[Any]:
    from cms.documents.models import StandardPage
    from tests.people import alma

    for number in range(ROUNDS + 1):
        page = StandardPage(title=f"Stock {number}", intro="Text.", live=False, owner=alma())
        root.add_child(instance=page)
        page.save_revision(user=alma())
        yield workflow.start(page, alma())


def approval(client: Any, state: Any) -> Act:
    from django.urls import reverse

    state.refresh_from_db()
    place = [state.object_id, "approve", state.current_task_state_id]
    return posting(client, reverse("wagtailadmin_pages:workflow_action", args=place), {})


def plain(*, publishing: bool) -> Iterator[Act]:
    """Yield decisions of one person in a stage that asks one group, as stock Wagtail's tasks do."""
    from tests.people import bruno, minister
    from tests.stand_ins import journeys

    begin = journeys.before_approval if publishing else journeys.in_review
    for number in range(ROUNDS + 1):
        journey = begin(journeys.draft(f"Papier {number} {publishing}"))
        yield decision(signed_in(minister() if publishing else bruno()), journey)


def of_few_parties() -> Iterator[Act]:
    people = weras(3)
    for number in range(ROUNDS + 1):
        yield decision(signed_in(people[0]), before_parties(3, f"Wenige {number}"))


def of_many_parties() -> Iterator[Act]:
    people = weras(MANY)
    journey = before_parties(MANY, "Viele")
    for number in range(ROUNDS + 1):
        yield decision(signed_in(people[number]), journey)


def weras(number: int) -> list[Any]:
    """Return one person for each of so many towns."""
    from cms.accounts.models import User

    for one in range(number):
        mail = f"wera@town{one}.example"
        User.objects.get_or_create(email=mail, defaults={"first_name": "Wera", "password": "!"})
    return list(User.objects.filter(first_name="Wera").order_by("pk")[:number])


def before_parties(number: int, title: str) -> Any:
    from tests.people import alma
    from tests.stand_ins import journeys

    journeys.route({**journeys.BY_PARTIES, "kind": "approval", "completion": "all"})
    page = journeys.draft(title)
    page.towns = " ".join(f"town{one}" for one in range(number))
    page.save_revision(user=alma())
    return journeys.in_review(journeys.fresh(page))


def decision(client: Any, journey: Any) -> Act:
    from django.urls import reverse

    from tests.stand_ins import journeys

    stage = journeys.open_stage(journey)
    digest = journeys.present_digest(journey.subject)
    answer = {"stage": stage.pk, "answer": "agreed", "seen_digest": digest}
    return posting(client, reverse("workflow:decide", args=[journey.pk]), answer)


def signed_in(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def posting(client: Any, address: str, values: dict[str, Any]) -> Act:
    def post() -> None:
        response = client.post(address, values)
        # A redirect, or the answer to Wagtail's modal; a page with a refusal is neither.
        if response.status_code not in (200, 302) or b"<html" in response.content:
            raise RuntimeError(f"{address}: {response.status_code}")

    return post


if __name__ == "__main__":
    main()
