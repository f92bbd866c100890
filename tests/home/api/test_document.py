"""The OpenAPI document is a promise, and the examples in the guide are run."""

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.face import papers
from tests.home.api import world

DOCS = Path(__file__).resolve().parents[3] / "docs" / "api"
KEPT = DOCS / "openapi-v1.json"
GUIDE = (DOCS / "README.md").read_text()
FOREIGN = re.compile(r"https?://(?!localhost|testserver)[\w.-]+")


def served() -> Any:
    return Client().get("/api/v1/openapi.json").json()


def kept() -> Any:
    return json.loads(KEPT.read_text())


def test_the_kept_document_is_what_is_served() -> None:
    """After a change on purpose UMLAUF_OPENAPI=1 writes it anew."""
    if os.environ.get("UMLAUF_OPENAPI"):
        KEPT.write_text(json.dumps(served(), indent=1, ensure_ascii=False) + "\n")

    assert served() == kept()


def test_every_operation_reads_and_says_what_can_go_wrong() -> None:
    for path, operations in kept()["paths"].items():
        assert set(operations) == {"get"}, path
        answers = operations["get"]["responses"]
        expected = (
            {"404"} if "{" in path else {"422"} if operations["get"].get("parameters") else set()
        )
        assert expected <= set(answers), path
        for status, answer in answers.items():
            expected = "application/json" if status == "200" else "application/problem+json"
            assert list(answer["content"]) == [expected]


def test_the_document_and_its_address_ask_no_other_host() -> None:
    assert FOREIGN.findall(json.dumps(kept())) == []
    assert Client().get("/api/v1/docs").status_code == 404


@pytest.mark.django_db
def test_the_examples_of_the_guide_answer() -> None:
    papers.every_page()
    world.index()
    paper = Client().get("/api/v1/papers").json()["papers"][0]["id"]
    lines = [line for line in GUIDE.splitlines() if line.startswith("curl ")]

    for line in lines:
        command, address = shlex.split(line)
        parts = urlsplit(address.replace("PAPER", paper))
        response = Client().get(f"{parts.path}?{parts.query}")
        assert (command, response.status_code) == ("curl", 200), line

    assert len(lines) >= 9


def test_the_guide_names_every_path() -> None:
    named = {urlsplit(a).path for a in re.findall(r"http://localhost:8000(/[^']+)", GUIDE)}
    described = {re.sub(r"\{[^}]+\}", "PAPER", path) for path in kept()["paths"]}

    # One thing of the other lists is asked like one paper.
    assert described - named <= {"/api/v1/organisations/PAPER", "/api/v1/series/PAPER"}
