"""Tables to take along, as German spreadsheets open them."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Return rows as a file with today's date in its name: semicolons, a mark for UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    filename = f"{name}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    writer = csv.writer(response, delimiter=";")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return response


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
