"""The thread that ends a process with a blocked loop."""

import asyncio
import threading
import time

import pytest

from app.singleton.watchdog import Watchdog


@pytest.mark.proves("F21", "X13")
async def test_a_blocked_loop_ends_the_process_with_status_70() -> None:
    status: list[int] = []
    bitten = threading.Event()

    def exit_process(number: int) -> None:
        status.append(number)
        bitten.set()

    watchdog = Watchdog(silence=0.2, tick=0.02, exit_process=exit_process)
    watchdog.start()
    await asyncio.sleep(0)
    assert bitten.wait(60)  # blocks the loop, which is the fault
    watchdog.stop()
    assert status == [70]


async def test_a_loop_that_runs_is_left_alone_for_longer_than_the_silence() -> None:
    exits: list[int] = []
    # A stall of the whole machine is forgiven from 1.04 s on, and a shorter one is no silence.
    watchdog = Watchdog(silence=1.1, tick=0.02, exit_process=exits.append)
    watchdog.start()
    begun = time.monotonic()
    for _ in range(170):  # a loop that is busy in short steps
        await asyncio.sleep(0.01)
    assert time.monotonic() - begun > 1.5 * 1.1
    watchdog.stop()
    assert exits == []


async def test_a_stopped_watchdog_does_not_bite() -> None:
    exits: list[int] = []
    before = threading.enumerate()
    watchdog = Watchdog(silence=60.0, tick=0.02, exit_process=exits.append)
    watchdog.start()
    (watching,) = (it for it in threading.enumerate() if it.name == "watchdog" and it not in before)
    watchdog.stop()
    watching.join(30.0)
    assert not watching.is_alive(), "nobody is left who could bite"
    assert exits == []
