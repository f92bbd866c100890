"""A process that writes papers: each number it reads is so many writes, then it says so.

`python -m tests.search.proofs.papers.write [PER_SECOND]`
"""

import random
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from search.indexing import touch, touch_all  # noqa: E402
from search.sources import key_for  # noqa: E402
from tests.search.proofs.papers.contents import PREFIX, STANDING  # noqa: E402
from tests.search.proofs.papers.models import Paper  # noqa: E402

_AT_ONCE = 500
dice = random.Random(5)


def lay(count: int) -> None:
    """Make so many papers and note each for the index."""
    for _ in range(0, count, _AT_ONCE):
        with transaction.atomic():
            made = Paper.objects.bulk_create(Paper() for _ in range(min(_AT_ONCE, count)))
            touch_all(key_for(paper) for paper in made)


def write() -> None:
    """Write a paper anew, take one away, or make one; noted in the same transaction."""
    with transaction.atomic():
        last = Paper.objects.latest("pk").pk
        number = dice.randint(STANDING + 1, last)
        what = dice.random()
        if what < 0.1:
            number = Paper.objects.create().pk
        elif what < 0.2:
            Paper.objects.filter(pk=number).update(live=False)
        else:
            paper = Paper.objects.select_for_update().get(pk=number)
            paper.state, paper.live = paper.state + 1, True
            paper.save()
        touch(f"{PREFIX}:{number}")


if __name__ == "__main__":
    pause = 1 / float(sys.argv[1]) if len(sys.argv) > 1 else 0
    for line in sys.stdin:
        what, count = line.split()
        if what == "lay":
            lay(int(count))
        for _ in range(int(count) if what == "write" else 0):
            begun = time.monotonic()
            write()
            time.sleep(max(0, pause - (time.monotonic() - begun)))
        sys.stdout.write("done\n")
        sys.stdout.flush()
