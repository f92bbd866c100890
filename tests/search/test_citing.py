"""What reference managers get: every field in its form, and nothing that breaks out of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.core.values import FuzzyDate
from search.citing import Form, cited
from search.questions import Hit
from tests.people import alma
from tests.search.stand_in import MEMBERS, paper

KINDS = {"note": "Vermerk"}


def hit(**changes: Any) -> Hit:
    given: dict[str, Any] = {
        "key": "stand_in.paper:1", "kind": "note", "title": "Halle & Platz", "url": "/vermerke/1/",
        "score": 1.0, "when": FuzzyDate.month(2012, 5), "reference_number": "24-5/3",
        "organisations": [("7", "Ministerium für Soziales")], **changes,
    }  # fmt: skip
    return Hit(**given)


def as_form(form: Form, *hits: Hit) -> str:
    return cited(hits, form, base="https://umlauf.example", kinds=KINDS)


def test_bibtex() -> None:
    assert as_form(Form.BIBTEX, hit()).splitlines() == [
        "@report{stand_in-paper-1,",
        "  author = {{Ministerium für Soziales}},",
        "  title = {{Halle \\& Platz}},",
        "  type = {Vermerk},",
        "  number = {24-5/3},",
        "  date = {2012-05},",
        "  langid = {de},",
        "  url = {https://umlauf.example/vermerke/1/},",
        "}",
    ]


def test_ris() -> None:
    assert as_form(Form.RIS, hit()).split("\r\n") == [
        "TY  - RPRT", "AU  - Ministerium für Soziales", "TI  - Halle & Platz", "PY  - 2012",
        "DA  - 2012/05//", "M3  - Vermerk", "SN  - 24-5/3", "LA  - de",
        "UR  - https://umlauf.example/vermerke/1/", "ID  - stand_in-paper-1", "ER  - ", "",
    ]  # fmt: skip


def test_csl_json() -> None:
    assert json.loads(as_form(Form.CSL, hit())) == [
        {
            "id": "stand_in-paper-1", "type": "report", "title": "Halle & Platz",
            "author": [{"literal": "Ministerium für Soziales"}],
            "issued": {"date-parts": [[2012, 5]]},
            "genre": "Vermerk", "number": "24-5/3", "language": "de",
            "URL": "https://umlauf.example/vermerke/1/",
        }
    ]  # fmt: skip


def test_what_is_not_known_is_left_out() -> None:
    bare = hit(when=FuzzyDate.UNKNOWN, organisations=(), reference_number="")

    assert "date" not in as_form(Form.BIBTEX, bare)
    assert "PY  -" not in as_form(Form.RIS, bare)
    assert {"issued", "author", "number"} & json.loads(as_form(Form.CSL, bare))[0].keys() == set()


@given(st.text(max_size=40))
def test_no_title_breaks_out_of_its_field(title: str) -> None:
    made = hit(title=title, organisations=[("7", title)])

    bibtex = as_form(Form.BIBTEX, made)
    opened = bibtex.replace("\\{", "").replace("\\}", "")
    assert opened.count("{") == opened.count("}")
    assert as_form(Form.RIS, made).count("\r\n") <= 11
    assert len(json.loads(as_form(Form.CSL, made))) == 1


@pytest.mark.django_db
def test_the_list_holds_what_this_person_may_see(
    client: Client, index: Callable[..., None], members: None
) -> None:
    index(paper(1, title="Hallenplan"), paper(2, title="Hallenvertrag", tokens=MEMBERS))

    page = client.get("/suche/", {"q": "Halle"}).content.decode()
    guest = client.get("/suche/zitate/ris/", {"q": "Halle"})
    client.force_login(alma())
    member = client.get("/suche/zitate/ris/", {"q": "Halle"})

    assert 'href="/suche/zitate/ris/?q=Halle"' in page
    assert guest.content.decode().count("TY  -") == 1
    assert member.content.decode().count("TY  -") == 2
    assert guest["Content-Disposition"] == 'attachment; filename="umlauf.ris"'
    assert "private" in guest["Cache-Control"]
