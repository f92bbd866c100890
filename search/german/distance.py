"""How far a typed word is from a known one, in the way people mistype German."""

_ALIKE = frozenset(
    pair
    for a, b in ("dt", "fv", "iy", "ck", "gk", "bp", "ea", "zs", "mn")
    for pair in ((a, b), (b, a))
)
_INSERTION, _DELETION, _SUBSTITUTION = 0.9, 1.0, 1.0
_SLIP, _SOUND, _SWAP = 0.6, 0.7, 0.7
_FIRST_LETTER = 0.4


def distance(typed: str, known: str) -> float:
    """Weighted Damerau-Levenshtein distance between two folded words.

    Doubled letters, a missing or extra h or e, neighbours swapped and letters
    that sound alike cost less than others; a wrong first letter costs more.
    """
    two_above: list[float] = []
    above = [_INSERTION * place for place in range(len(known) + 1)]
    for i, letter in enumerate(typed, 1):
        row = [float(i)]
        deletion = _SLIP if _slips(typed, i - 1) else _DELETION
        for j, other in enumerate(known, 1):
            if letter == other:
                row.append(above[j - 1])
                continue
            insertion = _SLIP if _slips(known, j - 1) else _INSERTION
            change = _SOUND if (letter, other) in _ALIKE else _SUBSTITUTION
            cost = min(above[j] + deletion, row[j - 1] + insertion, above[j - 1] + change)
            if i > 1 and j > 1 and letter == known[j - 2] and typed[i - 2] == other:
                cost = min(cost, two_above[j - 2] + _SWAP)
            row.append(cost)
        two_above, above = above, row
    return above[-1] + (_FIRST_LETTER if typed[:1] != known[:1] else 0.0)


def _slips(word: str, place: int) -> bool:
    """Whether a letter is easily forgotten or doubled: a double one, h or e."""
    letter = word[place]
    return letter in "he" or letter in (word[place - 1 : place], word[place + 1 : place + 2])
