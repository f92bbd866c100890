"""What exactly was decided on: the canonical content of a text, files included.

The digest of a page is taken of its revision's content without what changes by
itself (place in the tree, times, locks), plus the SHA-256 of every attached
file. A revision's number is not enough: Wagtail overwrites revisions in place.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms.models import model_to_dict
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from cms.core.digests import canonical_json, sha256
from workflow import subjects

# Fields of a revision that say nothing about the text.
VOLATILE = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "latest_revision",
        "latest_revision_created_at", "live", "live_revision", "has_unpublished_changes",
        "first_published_at", "last_published_at", "expired", "locked", "locked_at",
        "locked_by", "draft_title", "alias_of", "wagtail_admin_comments",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileLink:
    """Where a reader opens an attached file; `about` says in words what it is."""

    name: str
    address: str
    about: str = ""


_file_sources: list[Callable[[Any], Iterable[tuple[str, str]]]] = []
_link_sources: list[Callable[[Any], Iterable[FileLink]]] = []
_text_sources: list[Callable[[Collection[str]], Mapping[str, str]]] = []


def register_files(source: Callable[[Any], Iterable[tuple[str, str]]]) -> None:
    """Add a function that gives (name, SHA-256) of each file attached to an object."""
    _file_sources.append(source)


def register_file_links(source: Callable[[Any], Iterable[FileLink]]) -> None:
    """Add a function that says where each file attached to an object is opened."""
    _link_sources.append(source)


def register_file_texts(source: Callable[[Collection[str]], Mapping[str, str]]) -> None:
    """Add a function that gives the plain texts of files, of those it knows, by SHA-256."""
    _text_sources.append(source)


def digest_of(subject: Model, revision: Any = None, *, text: Any = None) -> str:
    """Return the digest of the subject, or of the text one of its revisions holds.

    `text` spares reading the revision where it has been read already.
    """
    text = text or (revision.as_object() if revision is not None else subject)
    content = _content_of(subject, revision)
    return sha256(canonical_json({"content": content, "files": files_of(text)}))


def digest_of_public_text(page: Any) -> str:
    """Return the digest of what stands in a page's own rows: what the public is shown."""
    # As a revision keeps it: dates and numbers as JSON has them.
    stored = json.loads(canonical_json(page.serializable_data()))
    content = _without(_plain_row(stored, type(page)), VOLATILE | _not_text(page))
    return sha256(canonical_json({"content": content, "files": files_of(page)}))


def values_of(subject: Model, revision: Any = None, *, text: Any = None) -> dict[str, Any]:
    """Return the plain values of a text by field, its files as "files".

    What conditions and change policies of a stage look at. `text` as above.
    """
    text = text or (revision.as_object() if revision is not None else subject)
    files = [list(file) for file in files_of(text)]
    return {**_content_of(subject, revision), "files": files}


def files_of(text: Any) -> list[tuple[str, str]]:
    """Return (name, SHA-256) of the files attached to a text, in one order."""
    return sorted({file for source in _file_sources for file in source(text)})


def links_of(text: Any) -> list[FileLink]:
    """Return where the files attached to a text are opened, in their order."""
    return [link for source in _link_sources for link in source(text)]


def texts_of(files: Collection[str]) -> dict[str, str]:
    """Return the plain texts of files by their SHA-256; those nobody has read are left out."""
    if not files:
        return {}
    return {digest: text for source in _text_sources for digest, text in source(files).items()}


def _content_of(subject: Model, revision: Any) -> dict[str, Any]:
    return _content_of_revision(subject, revision) if revision else _content_of_object(subject)


def _content_of_revision(subject: Any, revision: Any) -> dict[str, Any]:
    content = _plain_row(revision.content, type(subject))
    return _without(content, VOLATILE | _not_text(subject))


def _without(content: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in left_out}


def _plain_row(content: Mapping[str, Any], model: type[Model]) -> dict[str, Any]:
    """Return a row as a revision keeps it, in the one form that all databases agree on."""
    streams = {field.name for field in model._meta.fields if isinstance(field, StreamField)}
    children = {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(model)
    }
    plain = dict(content)
    for name in streams & plain.keys():
        plain[name] = _plain_stream(plain[name])
    for name in children.keys() & plain.keys():
        plain[name] = [_plain_child(child, children[name]) for child in plain[name]]
    return plain


def _plain_child(content: Mapping[str, Any], model: type[Model]) -> dict[str, Any]:
    # A child row gets its key when it is first saved; that is no change of the text.
    return _without(_plain_row(content, model), frozenset({"pk"}))


def _plain_stream(stored: str) -> str:
    """Order the names in a stream's JSON: PostgreSQL's jsonb gives them back in its own order."""
    return canonical_json(json.loads(stored or "[]")).decode()


def _not_text(subject: Any) -> frozenset[str]:
    """Return the fields that the chapter keeps on its subject beside the text."""
    own: frozenset[str] = getattr(type(subject), "not_text", frozenset())
    return own


def _content_of_object(subject: Model) -> Any:
    content = subjects.registration_of(subject).content
    if content:
        return dict(content(subject))
    own = _not_text(subject)
    values = model_to_dict(subject)
    return {name: str(value) for name, value in values.items() if name not in own}
