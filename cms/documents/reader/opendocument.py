"""OpenDocument texts, spreadsheets and presentations (ODF 1.3), headers and footers included."""

from packages import Attributes, Package, Words, read_into


class Protected(Exception):
    verdict = "protected"


def pages(data: bytes, media_type: str) -> list[str]:
    package = Package(data)
    if _is_encrypted(package):
        raise Protected("encrypted with a password")
    content = _Content(_PAGE.get(media_type.rpartition(".")[2], ""))
    read_into(package, "content.xml", content)
    found = [*content.pages, content.text]
    found = [page for page in found if page] or [""]
    if "styles.xml" in package.names:
        # They stand on every page; said once, after the last.
        found[-1] = f"{found[-1]}\n{read_into(package, 'styles.xml', _Frame()).text}".strip()
    return found


# What begins a new page: a sheet, a slide. A text has no pages of its own.
_PAGE = {"spreadsheet": "table", "presentation": "page"}


class _Paragraphs(Words):
    # What was deleted is kept in tracked changes, what somebody noted aside in annotations.
    silent = frozenset({"annotation", "tracked-changes", "page-number", "page-count"})

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("p", "h"):
            self._depth += 1
        elif name == "s":
            self.add(" ")
        elif name == "tab":
            self.add("\t")
        elif name == "line-break":
            self.add("\n")

    def finish(self, name: str) -> None:
        if name in ("p", "h"):
            self._depth -= 1
            self.add("\n" if not self._depth else " ")

    def say(self, text: str) -> None:
        if self._depth:
            self.add(" ".join(text.split("\n")))


class _Content(_Paragraphs):
    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self.pages: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        super().begin(name, attributes)
        if name == self._page:
            self._turn()
            title = next((v for k, v in attributes.items() if k.endswith("}name")), "")
            if self._page == "table":
                self.add(f"{title}\n")

    def finish(self, name: str) -> None:
        super().finish(name)
        if name == "table-cell" and self.pieces and self.pieces[-1] == "\n":
            # The cells of a row stand side by side.
            self.pieces[-1] = "\t"
        elif name == "table-row":
            self.add("\n")

    def _turn(self) -> None:
        if self.text:
            self.pages.append(self.text)
        self.pieces.clear()


class _Frame(_Paragraphs):
    """Headers and footers of the page styles; everything else in there is example text."""

    def __init__(self) -> None:
        super().__init__()
        self._in_frame = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._in_frame += name in _FRAMES
        super().begin(name, attributes)

    def finish(self, name: str) -> None:
        super().finish(name)
        self._in_frame -= name in _FRAMES

    def add(self, text: str) -> None:
        if self._in_frame:
            super().add(text)


_FRAMES = frozenset(
    f"{part}{which}" for part in ("header", "footer") for which in ("", "-left", "-first")
)


def _is_encrypted(package: Package) -> bool:
    if "META-INF/manifest.xml" not in package.names:
        return False
    found = Attributes("encryption-data")
    package.parse("META-INF/manifest.xml", found)
    return bool(found.found)
