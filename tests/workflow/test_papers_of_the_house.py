"""Every kind of paper that the chapters keep can travel the route that ships for it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page

from tests.people import alma
from workflow import differences, subjects
from workflow.governed import GovernedPage
from workflow.models import JourneyTask, Route
from workflow.subjects import _subjects

pytestmark = pytest.mark.django_db
OURS = [model for model in _subjects if not model.__module__.startswith("tests.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_kind_of_paper_has_a_route_a_shell_and_people_to_ask(model):
    kind = subjects.kind_of(model)
    route = Route.objects.for_kind(kind)

    assert issubclass(model, GovernedPage)
    assert JourneyTask.objects.filter(kind=kind).count() == 1
    assert route is not None
    groups = {
        participant["key"]
        for stage in route.definition["stage"]
        for participant in stage["participants"]
        if participant["kind"] == "group"
    }
    assert groups == set(Group.objects.filter(name__in=groups).values_list("name", flat=True))


def test_the_tags_of_a_paper_are_read_as_words():
    (model,) = [model for model in OURS if model.__name__ == "DocumentationPage"]
    page = model(title="Tagung", owner=alma())
    Page.objects.get(depth=1).add_child(instance=page)
    page.topics.add("Quartier", "Ehrenamt")
    page.save_revision(user=alma())

    fields = differences.between(None, page.get_latest_revision_as_object())

    assert "Ehrenamt, Quartier" in [field.pieces[0].text for field in fields]


def test_each_detail_of_a_finding_is_a_line_of_its_own():
    (model,) = [model for model in OURS if model.__name__ == "DocumentationPage"]
    page = model(title="Tagung")
    findings = type(page).findings.rel.related_model
    page.findings = [findings(text="<p>Erstens.</p>"), findings(text="<p>Zweitens.</p>")]

    fields = differences.between(None, page)

    (shown,) = [field.pieces[0].text for field in fields if "Zweitens." in field.pieces[0].text]
    first, second = shown.split("\n\n")
    assert "; " not in shown
    assert len(first.splitlines()) == len(second.splitlines()) > 1


def test_who_writes_may_not_publish_any_of_them():
    for model in OURS:
        tester = model(title="x", depth=2, path="00010002", owner=alma()).permissions_for_user(
            alma()
        )
        assert not tester.can_publish(), model
