"""Runs alone in a child process: bytes of a file on stdin, its text as JSON on stdout.

Started by extraction.py by path, isolated, without Django and without an
environment. It limits itself before it looks at a single byte, because what it
reads may be hostile: CPU seconds, memory, size of files it could write, open files.

Arguments: the media type; for a scan also the program that recognises text, and
for how many seconds it may.

Output: {"pages": ["text of page 1", ...]}, with "scan": true where there are only
pictures of text, with "left": n where n pages were not read any more; or
{"error": "damaged" | "protected" | "too_large", "detail": "..."}.
"""

import json
import resource
import sys
from typing import Any

import portable

CPU_SECONDS = 20
MEMORY_BYTES = 1_500_000_000


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def read(media_type: str, *program: str) -> dict[str, Any]:
    """Import the reader of this kind only: each start pays for one."""
    data = sys.stdin.buffer.read()
    if program:
        import scans

        return scans.recognise(data, *program)
    if media_type == "application/pdf":
        return portable.read(data)
    if media_type.startswith("text/"):
        import plain

        return {"pages": [plain.text_of(data, is_html=media_type == "text/html")]}
    if "opendocument" in media_type:
        import opendocument

        return {"pages": opendocument.pages(data, media_type)}
    import office

    return {"pages": office.pages(data, media_type)}


def main() -> None:
    limit()
    try:
        found = read(*sys.argv[1:])
    except MemoryError:
        found = {"error": "too_large", "detail": "more memory than it may use"}
    except Exception as error:  # whatever a hostile file provokes becomes a verdict
        verdict = getattr(error, "verdict", "damaged")
        found = {"error": verdict, "detail": f"{type(error).__name__}: {error}"[:200]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
