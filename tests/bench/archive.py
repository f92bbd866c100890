"""An invented archive for benchmarks, of any size, the same in every run.

Words are as frequent as in real texts (Zipf), a fifth of them are compounds that no
lexicon lists, a title is made of words of its text, and a few papers are very long.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from cms.core.values import FuzzyDate
from search.entries import Entry
from search.german.lexicon import shipped_nouns
from search.german.words import STOP_WORDS
from search.questions import Question
from tests.search.stand_in import paper

# Logarithm of the number of words: half of the papers have up to 150, one in a hundred 1,500.
_LENGTH, _SPREAD, _LONGEST = 5.0, 1.0, 5000
_NETWORKS, _OWN_NETWORKS = 400, 199
_WORDS_OF_A_LINE = 12
# What a member with many networks has; with "public" 200 audience tokens.
MEMBER = frozenset({"public", *(f"network:{number}" for number in range(_OWN_NETWORKS))})


def entries(count: int) -> Iterator[Entry]:
    """Papers, six of ten public, the others of one of 400 networks."""
    dice = random.Random(7)
    for number in range(count):
        yield _entry(dice, number)


def questions(count: int, papers: int) -> list[Question]:
    """Two to four words of titles, every seventh question with a slip, in a member's name."""
    dice = random.Random(11)
    titles = [entry.title.split() for entry in entries(min(papers, 2000))]
    asked = []
    for number in range(count):
        words = dice.choice(titles)
        text = " ".join(dice.sample(words, min(len(words), dice.choice((2, 2, 3, 4)))))
        asked.append(Question(text=slipped(dice, text) if number % 7 == 0 else text, tokens=MEMBER))
    return asked


def slipped(dice: random.Random, text: str) -> str:
    """Swap two neighbouring letters."""
    place = dice.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _entry(dice: random.Random, number: int) -> Entry:
    words = _words(dice, min(_LONGEST, int(dice.lognormvariate(_LENGTH, _SPREAD)) + 20))
    nouns = [word for word in words if word[0].isupper()][:40]
    body = dice.randrange(60)
    lines = (
        " ".join(words[start : start + _WORDS_OF_A_LINE])
        for start in range(0, len(words), _WORDS_OF_A_LINE)
    )
    return paper(
        number,
        title=" ".join(dice.sample(nouns, min(len(nouns), 5))) or "Vermerk",
        text="\n".join(lines),
        kind=f"kind{min(dice.randrange(6), dice.randrange(6))}",
        tokens=_tokens(dice),
        reference_number=f"{number % 37 + 1990}/{number}",
        organisations=[(f"body-{body}", f"Ausschuss {body}")],
        when=FuzzyDate.parse(str(1990 + number % 37)),
        topics=[f"Thema {dice.randrange(40)}" for _ in range(dice.randrange(3))],
        state="in_force" if dice.random() < 0.8 else "expired",
    )


def _tokens(dice: random.Random) -> frozenset[str]:
    if dice.random() < 0.6:
        return frozenset({"public"})
    return frozenset({f"network:{dice.randrange(_NETWORKS)}"})


def _words(dice: random.Random, count: int) -> list[str]:
    """Half of them small words, three of ten nouns, the others compounds."""
    nouns, compounds = count * 3 // 10, count // 5
    shares = {"small": count - nouns - compounds, "nouns": nouns, "compounds": compounds}
    words = []
    for kind, share in shares.items():
        known, weights = _ranked(kind)
        words += dice.choices(known, cum_weights=weights, k=share)
    dice.shuffle(words)
    return words


@cache
def _ranked(kind: str) -> tuple[Sequence[str], list[float]]:
    """The words of a kind, the most frequent first, with their running weights."""
    dice = random.Random(3)
    if kind == "small":
        words = sorted(STOP_WORDS)
    else:
        frequencies = shipped_nouns()
        nouns = sorted(
            (noun for noun in frequencies if 4 <= len(noun) <= 14),
            key=lambda noun: (-frequencies[noun], noun),
        )
        words = [noun.capitalize() for noun in nouns]
        if kind == "compounds":
            words = [_compound(dice, words[:3000]) for _ in range(200_000)]
    return words, list(accumulate(1 / (rank + 5) for rank in range(len(words))))


def _compound(dice: random.Random, nouns: Sequence[str]) -> str:
    first, second = dice.choice(nouns), dice.choice(nouns)
    link = "s" if first.endswith(("ung", "heit", "keit", "schaft", "tion")) else ""
    return first + link + second.lower()
