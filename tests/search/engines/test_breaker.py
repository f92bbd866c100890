"""The breaker keeps callers from a server that is down, and lets them back."""

from search.engines.elastic.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def open_breaker(clock: Clock) -> Breaker:
    breaker = Breaker(failures=3, pause_seconds=5, clock=clock)
    for _ in range(3):
        breaker.failed()
    return breaker


def test_two_failures_do_not_open_it() -> None:
    breaker = Breaker(failures=3)

    breaker.failed()
    breaker.failed()

    assert breaker.lets_through()


def test_a_success_between_failures_starts_the_count_anew() -> None:
    breaker = Breaker(failures=3)

    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()

    assert breaker.lets_through()


def test_after_three_failures_nobody_gets_through() -> None:
    assert not open_breaker(Clock()).lets_through()


def test_after_the_pause_one_tries_for_all() -> None:
    clock = Clock()
    breaker = open_breaker(clock)

    clock.now = 5.1

    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]


def test_the_one_who_tries_opens_the_way_or_closes_it_again() -> None:
    clock = Clock()
    breaker = open_breaker(clock)
    clock.now = 5.1
    assert breaker.lets_through()

    breaker.failed()
    assert not breaker.lets_through()

    clock.now = 10.3
    assert breaker.lets_through()
    breaker.succeeded()
    assert breaker.lets_through()
    assert breaker.lets_through()
