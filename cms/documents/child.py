"""Runs alone in a child process: bytes of a file on stdin, its text as JSON on stdout.

Started by extraction.py by path, isolated, without Django and without an
environment. It limits itself before it looks at a single byte, because what it
reads may be hostile: CPU seconds, memory, size of files it could write, open files.

Output: {"pages": ["text of page 1", ...]} or {"error": "why not"}.
"""

import json
import resource
import sys

CPU_SECONDS = 20
MEMORY_BYTES = 1_500_000_000
TEXT_CHARACTERS = 2_000_000
PAGES = 5_000


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def pages_of_pdf(data: bytes) -> list[str]:
    import pypdfium2

    pages: list[str] = []
    room = TEXT_CHARACTERS
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(min(len(pdf), PAGES)):
            text = pdf[number].get_textpage().get_text_range().replace("\r\n", "\n")[:room]
            room -= len(text)
            # pdfium marks a hyphen at a line's end with U+FFFE and drops the break.
            pages.append(text.replace("\ufffe", "-\n").replace("\0", ""))
            if room <= 0:
                break
    return pages


def pages_of_text(data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return [text[:TEXT_CHARACTERS]]


READERS = {"application/pdf": pages_of_pdf, "text/plain": pages_of_text, "text/csv": pages_of_text}


def main() -> None:
    limit()
    reader = READERS.get(sys.argv[1])
    if reader is None:
        json.dump({"error": "no reader for this type"}, sys.stdout)
        return
    try:
        json.dump({"pages": reader(sys.stdin.buffer.read())}, sys.stdout)
    except Exception as error:  # whatever a hostile file provokes becomes a message
        json.dump({"error": f"{type(error).__name__}: {error}"[:200]}, sys.stdout)


if __name__ == "__main__":
    main()
