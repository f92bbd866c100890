"""How good the order of hits is, measured against judged questions.

Pure arithmetic over rankings and grades (0 not, 1 touches it, 2 substantially
on it, 3 exactly what is sought); papers without a grade count as 0.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RELEVANT = 2


@dataclass(frozen=True, slots=True)
class Scores:
    ndcg10: float
    mrr10: float
    recall20: float


def score(ranking: Sequence[str], grades: Mapping[str, int]) -> Scores:
    """Score one ranking of source ids."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:10])
    gained = _gain([grades.get(one, 0) for one in ranking[:10]])
    relevant = {one for one, grade in grades.items() if grade >= RELEVANT}
    first = next((n for n, one in enumerate(ranking[:10], 1) if one in relevant), 0)
    return Scores(
        ndcg10=gained / ideal if ideal else 0.0,
        mrr10=1 / first if first else 0.0,
        recall20=len(relevant & set(ranking[:20])) / len(relevant) if relevant else 0.0,
    )


def mean(scores: Sequence[Scores]) -> Scores:
    count = len(scores) or 1
    return Scores(
        ndcg10=sum(one.ndcg10 for one in scores) / count,
        mrr10=sum(one.mrr10 for one in scores) / count,
        recall20=sum(one.recall20 for one in scores) / count,
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
