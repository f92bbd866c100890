"""The addresses below `/api/v1` and what may be asked there. All of them only read."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Path, Query
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from cms.networks.models.organisations import OrganisationKind
from home.api import (
    feeds,
    identities,
    organisations,
    paging,
    papers,
    problems,
    searching,
    series,
    versions,
)
from home.api.kinds import KINDS

_DESCRIPTION = """\
The papers that Umlauf keeps, for programs. Everything is read-only and shows what the pages
show: to a guest what is public, to somebody with a session cookie what they may see. What
somebody may not see answers exactly like what does not exist, and is counted nowhere.

Within `v1` fields and parameters are added, never renamed, retyped or taken away.
Vague dates stay as vague as their source: `1995`, `1995-03` or `1995-03-14`.
"""


class ReadingApi(NinjaAPI):
    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Say of problems that they are problem details; ninja knows one type for all answers."""
        document = super().get_openapi_schema(**kwargs)
        for path in document["paths"].values():
            for status, response in path["get"]["responses"].items():
                if int(status) >= 400:
                    told = response["content"].pop("application/json")
                    response["content"][problems.CONTENT_TYPE] = told
        return document


api = ReadingApi(
    title="Umlauf",
    version="1",
    description=_DESCRIPTION,
    urls_namespace="api",
    openapi_url="openapi.json",
    # The browser for it would bring inline scripts and a foreign host's; the document is enough.
    docs_url=None,
)
problems.register(api)


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"unknown kind; there are {', '.join(KINDS)}")
    return kind


def _sensible(moment: datetime) -> datetime:
    """Read a moment without an offset by the clock of the installation."""
    aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if not 1900 <= aware.year <= 2200:
        raise ValueError("a moment between 1900 and 2200 is expected")
    return aware


def _problems(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys(statuses, problems.Problem)


Kind = Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})]
Named = Annotated[str, StringConstraints(pattern=identities.PATTERN)]
BodyId = Annotated[str, StringConstraints(pattern=r"^(archive-)?[0-9]{1,18}$")]
PerPage = Annotated[int, Field(ge=1, le=paging.MOST_PER_PAGE)]


class PaperParameters(BaseModel):
    kind: Annotated[list[Kind], Field(max_length=len(KINDS))] = Field([])
    organisation: BodyId | None = Field(None, description="Names this body")
    series: Named | None = Field(None, description="Stands in this series")
    year: int | None = Field(None, ge=1, le=9999, description="Its date lies in this year")
    changed_since: Annotated[datetime, AfterValidator(_sensible)] | None = Field(
        None, description="Its present text became public at this moment or later. What is gone "
        "or no longer for you is not told of: it answers 404"
    )  # fmt: skip
    after: Named | None = Field(None, description="As `next` has it")
    per_page: PerPage = 20


class SeriesParameters(BaseModel):
    after: Named | None = Field(None, description="As `next` has it")
    per_page: PerPage = 20


class OrganisationParameters(BaseModel):
    kind: OrganisationKind | None = None
    after: int | None = Field(None, ge=1, le=2**63 - 1, description="As `next` has it")
    per_page: PerPage = 20


@api.get(
    "/search",
    response={200: searching.SearchAnswer, **_problems(422, 503)},
    url_name="search",
    operation_id="search",
    summary="Search, as on the search page",
)
def search(request: HttpRequest, given: Query[searching.SearchParameters]) -> Any:
    return searching.answer(request, given)


@api.get(
    "/papers",
    response={200: papers.PaperList, **_problems(422)},
    url_name="papers",
    operation_id="list_papers",
    summary="All papers that you may see, in a lasting order",
)
def list_papers(request: HttpRequest, given: Query[PaperParameters]) -> Any:
    narrowing = papers.Narrowing(
        kinds=given.kind,
        organisation=given.organisation,
        series=_identity(given.series),
        year=given.year,
        changed_since=given.changed_since,
    )
    return papers.listed(request, narrowing, after=_identity(given.after), per_page=given.per_page)


@api.get(
    "/papers/{id}",
    response={200: papers.Paper, **_problems(404)},
    url_name="paper",
    operation_id="get_paper",
    summary="One paper with everything that its page shows",
)
def get_paper(request: HttpRequest, id: Path[str]) -> Any:
    return papers.one(request, id)


@api.get(
    "/papers/{id}/versions",
    response={200: versions.VersionList, **_problems(404)},
    url_name="versions",
    operation_id="list_versions",
    summary="The published versions of a paper, those that were meant for you",
)
def list_versions(request: HttpRequest, id: Path[str]) -> Any:
    return versions.listed(request, id)


@api.get(
    "/organisations",
    response={200: organisations.BodyList, **_problems(422)},
    url_name="organisations",
    operation_id="list_organisations",
    summary="The register of bodies with all their dated names",
)
def list_organisations(request: HttpRequest, given: Query[OrganisationParameters]) -> Any:
    return organisations.listed(
        request, kind=given.kind, after=given.after, per_page=given.per_page
    )


@api.get(
    "/organisations/{id}",
    response={200: organisations.Body, **_problems(404)},
    url_name="organisation",
    operation_id="get_organisation",
    summary="One body of the register",
)
def get_organisation(request: HttpRequest, id: Path[str]) -> Any:
    return organisations.one(request, id)


@api.get(
    "/series",
    response={200: series.SeriesList, **_problems(422)},
    url_name="series",
    operation_id="list_series",
    summary="Series of agreements and of events",
)
def list_series(request: HttpRequest, given: Query[SeriesParameters]) -> Any:
    return series.listed(request, after=_identity(given.after), per_page=given.per_page)


@api.get(
    "/series/{id}",
    response={200: series.Series, **_problems(404)},
    url_name="one_series",
    operation_id="get_series",
    summary="One series",
)
def get_series(request: HttpRequest, id: Path[str]) -> Any:
    return series.one(request, id)


@api.get(
    "/feeds",
    response={200: feeds.FeedList},
    url_name="feeds",
    operation_id="list_feeds",
    summary="Atom feeds of all papers and of each kind; series, bodies and answers name their own",
)
def list_feeds(request: HttpRequest) -> Any:
    return feeds.listed(request)


def _identity(text: str | None) -> identities.Identity | None:
    return identities.read(text) if text else None
