"""What stands in a paper. No Django here: tests know without asking what the index must hold."""

from search.entries import Entry

PREFIX = "papers.paper"
# The first paper is never changed, and whoever asks for this word must always find it.
STANDING, WORD = 1, "Schildkrötenhaus"


def entry(number: int, state: int) -> Entry:
    more = WORD if number == STANDING else "Hallennutzung"
    return Entry(
        key=f"{PREFIX}:{number}",
        kind="note",
        title=f"Vermerk {number}",
        url=f"/vermerke/{number}/",
        tokens=frozenset({"public"}),
        text=f"Die {more} wurde im Ausschuss zum {state}. Mal beraten und einstimmig beschlossen.",
    )
