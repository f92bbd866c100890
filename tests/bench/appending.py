"""Eight processes write into one trail at once, beside eight that take turns at a bare row.

On PostgreSQL only, where DATABASE_URL leads to one (`eval "$(make --silent services)"`).
SQLite lets one writer in at a time, whatever they write.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

WRITERS, EACH = 8, 150
TABLE = "CREATE TABLE bench_turns (id integer PRIMARY KEY, number integer)"


def run(folder: Path) -> list[str]:
    from tests.harness.databases import own_database

    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return ["eight writers: PostgreSQL only (see make services)"]
    with own_database(folder) as url:
        environment = {**os.environ, "DATABASE_URL": url}
        _start("prepare", environment).wait(timeout=120)
        ours, theirs = _per_second("trail", environment), _per_second("turns", environment)
    name = f"entries a second, {WRITERS} writers"
    return [f"{name:<34}{ours:8.0f}            baseline {theirs:8.0f}   ratio {ours / theirs:6.2f}"]


def _per_second(kind: str, environment: dict[str, str]) -> float:
    """Let all writers begin at once, and count what they write in a second."""
    writers = [_start(kind, environment) for _ in range(WRITERS)]
    for one in writers:
        assert one.stdout is not None
        one.stdout.readline()
    before = time.perf_counter()
    for one in writers:
        one.communicate("begin\n", timeout=600)
    if any(one.returncode for one in writers):
        raise RuntimeError(f"A writer of the benchmark ({kind}) failed.")
    return WRITERS * EACH / (time.perf_counter() - before)


def _start(kind: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.appending", kind],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def write(kind: str) -> None:
    """Be one of the processes: say when ready, wait for the start, write."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection, transaction

    from tests.bench.trailing import append

    if kind == "prepare":
        call_command("migrate", verbosity=0, run_syncdb=True)
        get_user_model()._default_manager.create(username="alma")
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
            cursor.execute("INSERT INTO bench_turns VALUES (0, 0)")
        return
    user = get_user_model()._default_manager.get()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(EACH):
        if kind == "trail":
            append(user, number)
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT number FROM bench_turns WHERE id = 0 FOR UPDATE")
            (last,) = cursor.fetchone() or (0,)
            cursor.execute("INSERT INTO bench_turns VALUES (%s, 0)", [last + 1])
            cursor.execute("UPDATE bench_turns SET number = %s WHERE id = 0", [last + 1])


if __name__ == "__main__":
    write(sys.argv[1])
