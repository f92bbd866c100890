"""Word, Excel and PowerPoint (Office Open XML, ECMA-376), with headers, footers and notes."""

import posixpath
import re

from packages import Attributes, Package, Words, read_into

_PART = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_CODE = re.compile(r"&(\"[^\"]*\"|K[0-9A-F]{6}|\d+|[A-Z])")


def pages(data: bytes, media_type: str) -> list[str]:
    package = Package(data)
    if "wordprocessing" in media_type:
        return [_letter(package)]
    return _slides(package) if "presentation" in media_type else _sheets(package)


class _Runs(Words):
    """Text runs of Word and PowerPoint. Deleted text is no `t`; fallbacks say things twice."""

    silent = frozenset({"Fallback", "pPr", "rPr", "sectPr", "rPh"})

    def __init__(self) -> None:
        super().__init__()
        self._in_text = False

    def is_silent(self, name: str, attributes: dict[str, str]) -> bool:
        is_number = name == "fld" and attributes.get("type", "").startswith("slidenum")
        return is_number or super().is_silent(name, attributes)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._in_text = name == "t"
        if name in ("tab", "tc"):
            self.add("\t")
        elif name in ("br", "cr"):
            self.add("\n")
        elif name == "noBreakHyphen":
            self.add("-")

    def finish(self, name: str) -> None:
        self._in_text = False
        if name == "p":
            self.add("\n")

    def say(self, text: str) -> None:
        if self._in_text:
            self.add(text)


def _letter(package: Package) -> str:
    """The body first, then what stands on every page. A header of each section, once each."""
    parts = sorted(name for name in package.names if _PART.fullmatch(name))
    texts = [read_into(package, name, _Runs()).text for name in ("word/document.xml", *parts)]
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def _slides(package: Package) -> list[str]:
    found = []
    for slide in _in_order(package, "ppt/presentation.xml", "sldId"):
        notes = [one for one in _targets(package, slide).values() if "notesSlide" in one]
        texts = [read_into(package, name, _Runs()).text for name in (slide, *notes)]
        found.append("\n".join(text for text in texts if text))
    return found


def _sheets(package: Package) -> list[str]:
    shared = _Shared()
    if "xl/sharedStrings.xml" in package.names:
        read_into(package, "xl/sharedStrings.xml", shared)
    names = [one.get("name", "") for one in _attributes(package, "xl/workbook.xml", "sheet")]
    members = _in_order(package, "xl/workbook.xml", "sheet")
    return [
        f"{name}\n{read_into(package, member, _Cells(shared.strings)).text}"
        for name, member in zip(names, members, strict=True)
    ]


class _Shared(_Runs):
    """The strings of a workbook, by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def finish(self, name: str) -> None:
        super().finish(name)
        if name == "si":
            self.strings.append("".join(self.pieces))
            self.pieces.clear()


class _Cells(Words):
    """A sheet, a line for each row. Headers and footers without their codes for fonts."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings
        self._kind = ""
        self._value = ""
        self._inside = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._inside = name
        if name == "c":
            self._kind, self._value = attributes.get("t", "n"), ""

    def finish(self, name: str) -> None:
        self._inside = ""
        if name == "c" and self._value:
            is_shared = self._kind == "s"
            self.add((self._strings[int(self._value)] if is_shared else self._value) + "\t")
        elif name == "row":
            self.add("\n")
        elif name.endswith(("Header", "Footer")):
            self.add(_CODE.sub(" ", self._value) + "\n")
            self._value = ""

    def say(self, text: str) -> None:
        if self._inside in ("v", "t") or self._inside.endswith(("Header", "Footer")):
            self._value += text


def _in_order(package: Package, main: str, element: str) -> list[str]:
    """Return the members that the main part lists, in its order."""
    targets = _targets(package, main)
    return [targets[one["id"]] for one in _attributes(package, main, element)]


def _targets(package: Package, member: str) -> dict[str, str]:
    """Return the members that a part refers to, by the id of the relation."""
    folder, name = posixpath.split(member)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.names:
        return {}
    found = {}
    for one in _attributes(package, relations, "Relationship"):
        if one.get("TargetMode") != "External":
            target = posixpath.join(f"/{folder}", one.get("Target", ""))
            found[one.get("Id", "")] = posixpath.normpath(target).lstrip("/")
    return found


def _attributes(package: Package, member: str, element: str) -> list[dict[str, str]]:
    wanted = Attributes(element)
    package.parse(member, wanted)
    return wanted.found
