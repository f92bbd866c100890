"""What a guest sees is what an index would show that never held the protected papers.

Random archives, random audiences, random questions: everything that `VIEWS` names is asked
of two indexes, one with all papers, one with those alone that the person may see.

Not compared is what the whole archive decides: the order of hits (how rare a word is), and
whether a word that both spell is written with a capital or an umlaut.
"""

import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from cms.core.values import FuzzyDate
from search import asking, feeds, permanent, ways_out
from search.addresses import write_address
from search.entries import Entry, FileText
from search.german import fold
from search.questions import Facet, Question, Sort
from tests.people import alma
from tests.search.proofs.conftest import Use
from tests.search.stand_in import MEMBERS, PUBLIC, Archive, paper, written

pytestmark = pytest.mark.django_db

SOAK = bool(os.environ.get("UMLAUF_SOAK"))
ARCHIVES, PAPERS, QUESTIONS = (40, 60, 25) if SOAK else (2, 25, 6)
OTHERS = frozenset({"network:8"})
AUDIENCES = (PUBLIC, PUBLIC, PUBLIC | MEMBERS, MEMBERS, OTHERS, MEMBERS | OTHERS)
# Words that differ by a slip, by an umlaut or by a capital, so that each is near another.
_NEAR_EACH_OTHER = (
    "Förderung Forderung Fortbildung Bürgerbeteiligung Bürgerbegehren Beteiligung Haushaltssperre "
    "Haushaltsplan Haushalt Kooperationsvereinbarung Kooperation Vereinbarung Vereinigung "
    "Sporthalle Turnhalle Hallennutzung Nutzung HALLE Halle Straßenbau Strassenbau Radweg Radwege "
    "Gehweg Ehrenamt Ehrenämter ehrenamtlich Netzwerk Netzwerke Quartier Quartiersentwicklung "
    "Entwicklung Abwicklung Satzung Sitzung Setzung Verordnung Versorgung Entsorgung Vorsorge "
    "Schulentwicklungsplan Schule Schulen Feuerwehr Feuerwehrhaus Gutachten Gutachter Zuschuss "
    "Zuschüsse Zuschuß Rücklage Rückfrage Niederschrift Nachschrift Beschluss Beschlüsse Ausschuss"
)
WORDS = _NEAR_EACH_OTHER.split()
NAMES = [(str(n), name) for n, name in enumerate(("Sozialministerium", "Gemeindetag", "Stadtrat"))]

View = Callable[[Question, Any], Any]


def hits(question: Question, user: Any) -> Any:
    everything = replace(question, per_page=PAPERS)
    return {
        (hit.key, hit.title_marks and tuple(hit.title_marks), _passages(hit.passages))
        for hit in asking.find(everything, user=user).hits
    }


def facets(question: Question, user: Any) -> Any:
    return {
        facet: list(values) for facet, values in asking.find(question, user=user).facets.items()
    }


def did_you_mean(question: Question, user: Any) -> Any:
    answers = [asking.find(replace(question, verbatim=way), user=user) for way in (False, True)]
    return [
        (
            fold(answer.suggestion),
            [(one.typed, fold(one.used), one.replaced) for one in answer.corrections],
        )
        for answer in answers
    ]


def completions(question: Question, user: Any) -> Any:
    starts = {word[:length] for word in question.text.split() for length in (2, 4, 6)}
    return {start: [*map(fold, asking.suggest(start, user=user))] for start in starts}


def ways(question: Question, user: Any) -> Any:
    found = ways_out.ways_out(question, user=user)
    return [(one.way, fold(one.question.text), one.total) for one in found]


def papers_while_typing(question: Question, user: Any) -> Any:
    start = question.text.split()[0][:5]
    _, found = asking.suggest_all(start, user=user)
    # Of more than a handful the order decides which.
    return {hit.key for hit in found} if len(found) < 5 else len(found)


def cited(question: Question, user: Any) -> Any:
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    listed = client.get(f"/suche/zitate/csl-json/{write_address(question)}")
    assert listed.status_code == 200
    return sorted(item["id"] for item in listed.json())


def related(question: Question, user: Any) -> Any:
    found = asking.find(question, user=user).hits
    return {hit.key: [one.key for one in asking.related_to(hit.key, user=user)] for hit in found}


def fed(question: Question, user: Any) -> Any:
    return sorted(item.hit.key for item in feeds.latest_of(question, user))


# Whoever builds another way to see papers through the index adds it here.
VIEWS: Mapping[str, View] = {
    "total": lambda question, user: asking.find(question, user=user).total,
    "hits": hits,
    "facets": facets,
    "did you mean": did_you_mean,
    "completions": completions,
    "papers while typing": papers_while_typing,
    "ways out": ways,
    "cited": cited,
    "related": related,
    "fed": fed,
}


def test_nothing_tells_of_protected_papers(use_index: Use, archive: Archive, members: None) -> None:
    told: list[str] = []
    for number in range(ARCHIVES):
        dice = random.Random(number)
        papers = archive_of(dice)
        archive.papers.clear()
        archive.keep(*papers)
        with_permanent_ids(papers)
        whole = f"{number}-whole"
        use_index(whole).write(written(*papers))

        for person, tokens in ((AnonymousUser(), PUBLIC), (alma(), PUBLIC | MEMBERS)):
            bare = f"{number}-{len(tokens)}"
            use_index(bare).write(written(*(one for one in papers if one.tokens & tokens)))
            for question in questions(dice):
                if differences := different(use_index, (whole, bare), question, person):
                    told.append(f"archive {number}, {person}, {question}: {differences}")

    assert not told, "\n\n".join(told)


def test_each_view_would_tell_were_papers_not_trimmed(
    use_index: Use, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: who holds every token sees more, in each of the views."""
    dice = random.Random(1)
    papers = archive_of(dice)
    archive.keep(*papers)
    with_permanent_ids(papers)
    use_index("whole").write(written(*papers))
    use_index("bare").write(written(*(one for one in papers if one.tokens & PUBLIC)))
    monkeypatch.setattr("cms.core.kernel.tokens_for", lambda user: PUBLIC | MEMBERS | OTHERS)

    told: set[str] = set()
    for _ in range(30):
        for question in questions(dice):
            told |= different(use_index, ("whole", "bare"), question, AnonymousUser()).keys()
        if told == set(VIEWS):
            break

    assert told == set(VIEWS)


def test_how_much_is_hidden_does_not_decide_which_word_is_known(
    use_index: Use, archive: Archive
) -> None:
    """Red when the vocabulary counts entries that this person cannot see."""
    public = [paper(1, text="Die Haushaltssperre kommt."), paper(2)]
    hidden = [paper(n, tokens=MEMBERS) for n in range(10, 320)]
    archive.keep(*public, *hidden)
    use_index("whole").write(written(*public, *hidden))
    use_index("bare").write(written(*public))
    question = Question(text="Haushaltspere")

    assert different(use_index, ("whole", "bare"), question, AnonymousUser()) == {}
    assert asking.find(question, user=AnonymousUser()).suggestion == "Haushaltssperre"


def different(
    use_index: Use, names: tuple[str, str], question: Question, person: Any
) -> dict[str, list[Any]]:
    """What the two indexes say otherwise, by the name of the view."""
    seen: list[dict[str, Any]] = []
    for name in names:
        use_index(name)
        seen.append({view: look(question, person) for view, look in VIEWS.items()})
    return {view: [one[view] for one in seen] for view in VIEWS if seen[0][view] != seen[1][view]}


def with_permanent_ids(papers: Iterable[Entry]) -> None:
    """As whoever writes the index keeps them: a feed names papers by these."""
    for _ in permanent.noting_entries(papers):
        pass


def archive_of(dice: random.Random) -> list[Entry]:
    words = dice.sample(WORDS, 30)
    return [_paper(number, words, dice) for number in range(PAPERS)]


def _paper(number: int, words: list[str], dice: random.Random) -> Entry:
    some = [_written(word, dice) for word in dice.choices(words, k=dice.randint(4, 14))]
    pages = [" ".join(some[5:9]), " ".join(some[9:])]
    return paper(
        number,
        title=" ".join(some[:2]),
        text=f"Das {some[2]} und die {some[3]}.",
        files=[FileText(name=f"{some[0]}.pdf", url=f"/d/{number}", pages=pages)],
        kind=dice.choice(["note", "letter"]),
        tokens=dice.choice(AUDIENCES),
        organisations=dice.sample(NAMES, dice.randint(0, 2)),
        persons=[dice.choice(["Alma Ahl", "Cem Celik"])],
        topics=dice.sample(words, dice.randint(0, 2)),
        when=FuzzyDate.of_year(dice.randint(2015, 2020)),
        state=dice.choice(["", "in_force"]),
        reference_number=f"{dice.randint(10, 14)}-{dice.randint(1000, 1003)}",
    )


def _written(word: str, dice: random.Random) -> str:
    return dice.choice([word, word, word, word.upper(), word.lower()])


def questions(dice: random.Random) -> Iterator[Question]:
    for _ in range(QUESTIONS):
        words = [_typed(dice.choice(WORDS), dice) for _ in range(dice.randint(1, 3))]
        chosen = {Facet.YEAR: frozenset({str(dice.randint(2015, 2020))})}
        yield Question(
            text=" ".join(words) if dice.random() < 0.8 else f'"{" ".join(words[:2])}" {words[-1]}',
            facets=chosen if dice.random() < 0.2 else {},
            sort=dice.choice(list(Sort)),
        )


def _typed(word: str, dice: random.Random) -> str:
    """A word as people type it: right, with a slip, without its end, excluded, as a number."""
    place = dice.randrange(1, len(word))
    slip = word[:place] + dice.choice("aenrst") + word[place + dice.randint(0, 1) :]
    number = f"{dice.randint(10, 14)}-{dice.randint(1000, 1003)}"
    return dice.choice([word, word, slip, slip, f"{word[:5]}*", f"-{word}", number])


def _passages(passages: Iterable[Any]) -> frozenset[tuple[Any, ...]]:
    return frozenset((one.text, tuple(one.marks), one.page, one.url) for one in passages)
