"""The drainer as a process of its own: `python -m tests.search.proofs.papers.drain BATCH`."""

import sys
import time
from dataclasses import replace

import django

django.setup()

from cms.core import outbox  # noqa: E402
from search.indexing import KIND  # noqa: E402

if __name__ == "__main__":
    outbox._handlers[KIND] = replace(outbox._handlers[KIND], batch_size=int(sys.argv[1]))
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    while True:
        outbox.drain(kinds=[KIND])
        time.sleep(0.05)
