"""Hits as reference managers read them: BibTeX, RIS and CSL-JSON.

Fields after BibLaTeX 3 (`@report`), the RIS specification of 2011 (`RPRT`) and CSL 1.0.2
(`report`). A body is an author with one name, which no program may turn round.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from search.questions import Hit

# So many bodies are named in a sentence; a reference manager gets them all.
MOST_NAMED = 3
_BIBTEX_SIGNS = re.compile(r"[\\{}%&$#_~^]")
_BIBTEX_INSTEAD = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class Form(StrEnum):
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl-json"


FORM_NAMES = {Form.BIBTEX: "BibTeX", Form.RIS: "RIS", Form.CSL: "CSL-JSON"}
CONTENT_TYPES = {
    Form.BIBTEX: "application/x-bibtex",
    Form.RIS: "application/x-research-info-systems",
    Form.CSL: "application/vnd.citationstyles.csl+json",
}
ENDINGS = {Form.BIBTEX: "bib", Form.RIS: "ris", Form.CSL: "json"}


def cited(
    hits: Iterable[Hit],
    form: Form,
    *,
    base: str,
    kinds: Mapping[str, str],
    paths: Mapping[str, str] | None = None,
    version: str = "",
) -> str:
    """Return the hits in one of the forms; ``base`` is the site's address without a path.

    ``paths`` are permanent ones by the keys of hits, ``version`` says which text of a
    single paper is meant.
    """
    write: Callable[[Iterable[Mapping[str, Any]]], str] = _WRITERS[form]
    return write(_reference(hit, base, kinds, paths or {}, version) for hit in hits)


def sentence(hit: Hit, address: str, *, kinds: Mapping[str, str], version: str = "") -> str:
    """Return one paper as a text names it: who, what, when, and where it is found for good."""
    names = "; ".join(" ".join(name.split()) for _, name in hit.organisations[:MOST_NAMED])
    if len(hit.organisations) > MOST_NAMED:
        names = _("%(names)s and others") % {"names": names}
    about = [kinds.get(hit.kind, ""), hit.reference_number, str(hit.when) if hit.when else ""]
    parts = [", ".join(filter(None, about)), version, address]
    title = f"{names}: {hit.title}" if names else hit.title
    return ". ".join(filter(None, [title.rstrip("."), *parts]))


def _reference(
    hit: Hit, base: str, kinds: Mapping[str, str], paths: Mapping[str, str], version: str
) -> Mapping[str, Any]:
    url = paths.get(hit.key, hit.url)
    return {
        "id": re.sub(r"\W+", "-", hit.key),
        "title": " ".join(hit.title.split()),
        "authors": [" ".join(name.split()) for _, name in hit.organisations],
        "date": hit.when.iso,
        "number": hit.reference_number,
        "kind": kinds.get(hit.kind, hit.kind),
        "version": version,
        "language": hit.language,
        "url": url if "://" in url else base + url,
    }


def _bibtex(references: Iterable[Mapping[str, Any]]) -> str:
    return "\n\n".join(
        "\n".join([f"@report{{{one['id']},", *_bibtex_fields(one), "}"]) for one in references
    )


def _bibtex_fields(one: Mapping[str, Any]) -> Iterator[str]:
    fields = {
        "author": " and ".join(f"{{{_bibtex_text(name)}}}" for name in one["authors"]),
        "title": f"{{{_bibtex_text(one['title'])}}}",
        "type": _bibtex_text(one["kind"]),
        "number": _bibtex_text(one["number"]),
        "version": _bibtex_text(one["version"]),
        "date": one["date"],
        "langid": one["language"],
        "url": one["url"].replace("{", "%7B").replace("}", "%7D"),
    }
    for name, value in fields.items():
        if value:
            yield f"  {name} = {{{value}}},"


def _bibtex_text(text: str) -> str:
    return _BIBTEX_SIGNS.sub(lambda f: _BIBTEX_INSTEAD.get(f.group(), f"\\{f.group()}"), text)


def _ris(references: Iterable[Mapping[str, Any]]) -> str:
    lines = []
    for one in references:
        lines.append("TY  - RPRT")
        lines += [f"AU  - {name}" for name in one["authors"]]
        fields = {
            "TI": one["title"],
            "PY": one["date"][:4],
            # Year, month and day between strokes; what is not known stays empty.
            "DA": "/".join([*one["date"].split("-"), "", "", ""][:3]) + "/" if one["date"] else "",
            "M3": one["kind"],
            "SN": one["number"],
            "ET": one["version"],
            "LA": one["language"],
            "UR": one["url"],
            "ID": one["id"],
        }
        lines += [f"{name}  - {value}" for name, value in fields.items() if value]
        lines.append("ER  - ")
    return "\r\n".join([*lines, ""])


def _csl(references: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps([_csl_item(one) for one in references], ensure_ascii=False, indent=1)


def _csl_item(one: Mapping[str, Any]) -> dict[str, Any]:
    item = {
        "id": one["id"],
        "type": "report",
        "title": one["title"],
        "author": [{"literal": name} for name in one["authors"]],
        "issued": {"date-parts": [[int(part) for part in one["date"].split("-")]]}
        if one["date"]
        else None,
        "genre": one["kind"],
        "number": one["number"],
        "version": one["version"],
        "language": one["language"],
        "URL": one["url"],
    }
    return {name: value for name, value in item.items() if value}


_WRITERS = {Form.BIBTEX: _bibtex, Form.RIS: _ris, Form.CSL: _csl}
