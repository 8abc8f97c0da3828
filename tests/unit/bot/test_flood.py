"""A flood is told by when things came, not by when they were answered."""

from datetime import UTC, datetime, timedelta

from bot.flood import MOST_A_MINUTE, FloodGauge, Tempo

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def tempos(
    gauge: FloodGauge, count: int, *, apart: float, start: datetime = NOON, user: int = 7
) -> list[Tempo]:
    """What is said of so many events, so many seconds apart."""
    first = int((start - NOON).total_seconds() * 1000)
    return [
        gauge.tempo(user, 1 + first + number, start + timedelta(seconds=number * apart))
        for number in range(count)
    ]


def test_of_a_flood_as_much_is_answered_as_a_chat_takes_and_then_it_is_said_once() -> None:
    told = tempos(FloodGauge(), 300, apart=0.1)
    assert told[:MOST_A_MINUTE] == [Tempo.CALM] * MOST_A_MINUTE
    assert told[MOST_A_MINUTE] is Tempo.TOO_FAST
    assert set(told[MOST_A_MINUTE + 1 :]) == {Tempo.STILL_TOO_FAST}


def test_one_thing_a_second_is_never_too_fast() -> None:
    assert set(tempos(FloodGauge(), 1000, apart=1.0)) == {Tempo.CALM}


def test_who_pauses_for_a_minute_is_heard_again_and_told_again() -> None:
    gauge = FloodGauge()
    tempos(gauge, 200, apart=0.01)
    later = tempos(gauge, 200, apart=0.01, start=NOON + timedelta(seconds=70))
    assert later[:MOST_A_MINUTE] == [Tempo.CALM] * MOST_A_MINUTE
    assert later.count(Tempo.TOO_FAST) == 1


def test_the_flood_of_one_is_not_that_of_another() -> None:
    gauge = FloodGauge()
    tempos(gauge, 200, apart=0.01)
    assert set(tempos(gauge, 50, apart=0.01, user=8)) == {Tempo.CALM}


def test_an_event_that_is_tried_again_counts_once_and_is_told_the_same() -> None:
    gauge = FloodGauge()
    tried = [gauge.tempo(7, 1, NOON) for _ in range(MOST_A_MINUTE * 2)]
    assert set(tried) == {Tempo.CALM}
    *_, last = tempos(gauge, MOST_A_MINUTE + 1, apart=0.01, start=NOON + timedelta(seconds=1))
    again = gauge.tempo(7, 1000 + MOST_A_MINUTE + 1, NOON + timedelta(seconds=9))
    assert (last, again) == (Tempo.STILL_TOO_FAST, Tempo.STILL_TOO_FAST)
