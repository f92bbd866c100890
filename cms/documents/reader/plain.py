"""Plain text in whatever encoding an office computer left it, and HTML."""

import codecs
import re
from html.parser import HTMLParser

TEXT_CHARACTERS = 2_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# HTML 5, 13.2.3.2: where a page may say its encoding.
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_IN_A_WORD = re.compile(r"[A-Za-z][äöüß][a-z]|\b[ÄÖÜ][a-z]")

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt"}
    | {"figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"}
    | {"nav", "ol", "option", "p", "pre", "section", "table", "title", "tr", "ul"}
)
_SILENT = frozenset({"script", "style", "template", "svg", "math"})


def text_of(data: bytes, *, is_html: bool) -> str:
    text = decoded(data, _stated(data) if is_html else "").replace("\0", "")
    if is_html:
        page = _Page()
        page.feed(text)
        page.close()
        text = page.text
    return text[:TEXT_CHARACTERS]


def decoded(data: bytes, stated: str = "") -> str:
    """Decode by what the data say of themselves; UTF-8; else what reads most like German."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in filter(None, (stated, "utf-8")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    # Windows and, before it, DOS; umlauts stand inside of words only in the right one.
    guesses = [data.decode(encoding, "replace") for encoding in ("cp1252", "cp850")]
    return max(guesses, key=lambda text: len(_IN_A_WORD.findall(text[:100_000])))


def _stated(data: bytes) -> str:
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else ""


class _Page(HTMLParser):
    """What a reader of the page sees, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._pieces.append("\n")
        elif tag in ("td", "th"):
            self._pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # Line breaks of the source are spaces to a reader.
            self._pieces.append(re.sub(r"\s+", " ", data))

    @property
    def text(self) -> str:
        lines = (line.strip() for line in "".join(self._pieces).splitlines())
        return "\n".join(line for line in lines if line)
