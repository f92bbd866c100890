"""Pictures of text: each page is drawn and given to the program that recognises text."""

import subprocess
import time
from typing import Any

import portable

# Enough for printed letters of 8 points; twice as much costs four times the time.
_DOTS_PER_INCH = 200
_MOST_DOTS = 40_000_000
_PAGE_SECONDS = 60


def recognise(data: bytes, program: str, seconds: str) -> dict[str, Any]:
    """Read page by page until the time is over; say how many pages are left."""
    ends = time.monotonic() + float(seconds)
    pages: list[str] = []
    with portable.opened(data) as pdf:
        count = min(len(pdf), portable.PAGES)
        for number in range(count):
            left = ends - time.monotonic()
            if left <= 1:
                break
            pages.append(_text_of(pdf[number], program, min(left, _PAGE_SECONDS)))
        return {"pages": pages, "left": count - len(pages)}


def _text_of(page: Any, program: str, seconds: float) -> str:
    width, height = page.get_size()
    scale = _DOTS_PER_INCH / 72
    if width * height * scale**2 > _MOST_DOTS:
        scale = (_MOST_DOTS / (width * height)) ** 0.5
    picture = page.render(scale=scale, grayscale=True)
    rows = bytes(picture.buffer)
    begins = range(0, picture.height * picture.stride, picture.stride)
    lines = (rows[begin : begin + picture.width] for begin in begins)
    image = b"P5 %d %d 255\n" % (picture.width, picture.height) + b"".join(lines)
    done = subprocess.run(
        [program, "stdin", "stdout", "-l", "deu", "--psm", "3"],
        input=image, capture_output=True, timeout=seconds, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace").strip()[-150:])
    return done.stdout.decode("utf-8", "replace").replace("\0", "").replace("\f", "")
