"""Small OParl objects, written for these tests, and files that hold them."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

SCHEMA = "https://schema.oparl.org/1.1"
SITE = "https://rat.example.org/oparl"


def thing(kind: str, number: int | str, **more: Any) -> dict[str, Any]:
    named = {"id": f"{SITE}/{kind.lower()}/{number}", "type": f"{SCHEMA}/{kind}"}
    return {**named, **more}


def paper(number: int | str = 1, **more: Any) -> dict[str, Any]:
    given = {"name": f"Vorlage {number}", "reference": f"2020/{number}", "date": "2020-05-07"}
    return thing("Paper", number, **{**given, **more})


def file(number: int, text: str = "", **more: Any) -> dict[str, Any]:
    address = f"https://rat.example.org/dateien/{number}.pdf"
    given = {"name": f"Anlage {number}", "accessUrl": address, "mimeType": "application/pdf"}
    return thing("File", number, **{**given, **({"text": text} if text else {}), **more})


def council(number: int = 1, name: str = "Gemeinderat", **more: Any) -> dict[str, Any]:
    return thing("Organization", number, **{"name": name, **more})


def meeting(number: int = 1, **more: Any) -> dict[str, Any]:
    given = {"name": "12. Sitzung", "start": "2020-06-01T16:30:00+02:00"}
    return thing("Meeting", number, **{**given, **more})


def consultation(meeting_number: int, council_number: int, **more: Any) -> dict[str, Any]:
    return thing(
        "Consultation",
        1,
        meeting=f"{SITE}/meeting/{meeting_number}",
        organization=[f"{SITE}/organization/{council_number}"],
        **{"role": "Vorberatung", **more},
    )


def lines(path: Path, *things: Any) -> Path:
    """Write a file of JSON lines; a text is written as it is."""
    written = [one if isinstance(one, str) else json.dumps(one) for one in things]
    data = ("\n".join(written) + "\n").encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def imported(*arguments: Any, command: str = "import_oparl") -> tuple[dict[str, Any], list[str]]:
    """Run an import; return its result and the lines of what was odd."""
    out, err = StringIO(), StringIO()
    call_command(command, *map(str, arguments), "--json", stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue().splitlines()
