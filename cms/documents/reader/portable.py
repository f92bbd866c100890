"""The text of a PDF, page by page."""

from typing import Any

TEXT_CHARACTERS = 2_000_000
PAGES = 5_000


class Protected(Exception):
    verdict = "protected"


def opened(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Protected(str(error)) from error
        raise


def read(data: bytes) -> dict[str, Any]:
    pages: list[str] = []
    room = TEXT_CHARACTERS
    with opened(data) as pdf:
        for number in range(min(len(pdf), PAGES)):
            text = pdf[number].get_textpage().get_text_range().replace("\r\n", "\n")[:room]
            room -= len(text)
            # pdfium marks a hyphen at a line's end with U+FFFE and drops the break.
            pages.append(text.replace("\ufffe", "-\n").replace("\0", ""))
            if room <= 0:
                break
        has_text = any(page.strip() for page in pages)
        return {"pages": pages, "scan": not has_text and _has_pictures(pdf)}


def _has_pictures(pdf: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    for number in range(min(len(pdf), 10)):
        if any(True for _ in pdf[number].get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            return True
    return False
