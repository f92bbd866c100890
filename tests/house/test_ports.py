"""Ports that nobody fills are silent: what is not registered is not found, not done, not seen."""

import pytest
from django.apps import apps
from wagtail.models import Page

from cms.core import doctor, kernel, outbox
from search import sources
from workflow import subjects
from workflow.governed import GovernedPage
from workflow.loading import SHIPPED, read_file

OUR_PAGES = [
    model
    for model in apps.get_models()
    if issubclass(model, Page) and model.__module__.partition(".")[0] in ("cms", "home")
]
GOVERNED = [model for model in OUR_PAGES if issubclass(model, GovernedPage)]
# Pages that only list others, and the front page: they say nothing to be found.
LISTS = {"HomePage", *(model.__name__ for model in OUR_PAGES if "Index" in model.__name__)}


# Everybody's by nature; what it lists is trimmed for whoever asks.


def name_of(model):
    return model.__name__


@pytest.mark.parametrize("model", OUR_PAGES, ids=name_of)
def test_somebody_may_see_every_kind_of_page(model):
    assert kernel.grants_for(model, kernel.Verb.VIEW)


@pytest.mark.parametrize("model", GOVERNED, ids=name_of)
def test_every_governed_page_has_a_route(model):
    kind = subjects.kind_of(model)

    assert kind in {read_file(path)["subject"] for path in SHIPPED.glob("*.toml")}


@pytest.mark.parametrize("model", [m for m in OUR_PAGES if m.__name__ not in LISTS], ids=name_of)
def test_every_page_with_a_text_can_be_found(model):
    assert sources.source_of(f"{model._meta.label_lower}:1") is not None


def test_every_route_belongs_to_a_kind_of_paper():
    for path in SHIPPED.glob("*.toml"):
        assert read_file(path)["subject"] in subjects.kinds(), path.name


def test_search_letters_and_texts_of_files_have_their_handlers():
    needed = {"search.entry", "workflow.mail", "documents.read_text", "core.wagtail_job"}

    assert needed <= set(outbox.kinds())


def test_the_doctor_looks_at_every_part():
    assert {"database", "outbox", "trail", "search index"} <= set(doctor._checks)
