"""Elasticsearch behind TLS, which lets in only whom it knows."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.engines.elastic import ElasticEngine
from search.engines.elastic.connection import Address
from search.errors import EngineUnavailable
from search.questions import Question
from tests.search.elastic import NEEDS_SERVER, URL, own_address
from tests.search.stand_in import PUBLIC, paper, written
from tests.search.tls_gate import API_KEY, PASSWORD, USER, own_certificate, tls_gate

pytestmark = NEEDS_SERVER

EVERYTHING = Question(text="Vermerk", tokens=PUBLIC)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture
def address(certificate: Path) -> Iterator[Address]:
    """The way in for who trusts the certificate; who one is, is left to the test."""
    with own_address() as behind, tls_gate(URL, certificate) as url:
        yield replace(behind, urls=(url,), ca_file=str(certificate))


@pytest.mark.parametrize("known_by", [{"user": USER, "password": PASSWORD}, {"api_key": API_KEY}])
def test_who_is_known_writes_and_finds(address: Address, known_by: dict[str, Any]) -> None:
    engine = ElasticEngine(replace(address, **known_by))

    engine.write(written(paper(1)))

    assert engine.ask(EVERYTHING).total == 1


@pytest.mark.parametrize("known_by", [{}, {"user": USER, "password": "falsch"}, {"api_key": "x"}])
def test_who_is_not_known_is_told_so(address: Address, known_by: dict[str, Any]) -> None:
    engine = ElasticEngine(replace(address, **known_by))

    with pytest.raises(EngineUnavailable, match="does not let us in"):
        engine.ask(EVERYTHING)


@pytest.mark.parametrize("trusted", ["", "another authority"])
def test_nothing_is_said_to_a_server_nobody_vouches_for(
    address: Address, trusted: str, tmp_path: Path
) -> None:
    ca_file = str(own_certificate(tmp_path / "other.pem")) if trusted else ""
    engine = ElasticEngine(replace(address, ca_file=ca_file, user=USER, password=PASSWORD))

    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        engine.ask(EVERYTHING)
