"""What was accepted survives a kill -9."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.fixtures.launched import free_port
from tests.integration.sandbox_kie.driver import Kie, Receiver, until


@asynccontextmanager
async def process(port: int, data: Path) -> AsyncIterator[Kie]:
    """The stand-in as a process of its own; killed with -9 at the end."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.sandbox_kie.runner", str(port), str(data)
    )
    try:
        async with aiohttp.ClientSession() as session:
            kie = Kie(f"http://127.0.0.1:{port}", session)

            async def answers() -> bool:
                try:
                    return bool((await kie.call("GET", "/kie/api/v1/chat/credit"))["code"] == 200)
                except aiohttp.ClientError:
                    return False

            await until(answers)
            yield kie
    finally:
        child.send_signal(signal.SIGKILL)
        await child.wait()


async def test_tasks_credits_knobs_results_and_callbacks_survive_a_kill(
    tmp_path: Path, receiver: Receiver
) -> None:
    port = free_port()
    async with process(port, tmp_path) as kie:
        await kie.knobs(delay=0, query_limit=7)
        done = await kie.made()
        url = (await kie.ended(done))["response"]["resultUrls"][0]
        async with kie.session.get(url) as answer:
            picture = await answer.read()
        await kie.knobs(delay=0.5)
        running = await kie.made()
        await kie.knobs(callback="late", callback_delay=1)
        called = await kie.made(callBackUrl=receiver.url)
        credits_left = await kie.credits()
    async with process(port, tmp_path) as kie:
        assert await kie.credits() == credits_left
        assert {knob["knob"] for knob in await kie.look("knobs")} == {
            "callback",
            "callback_delay",
            "delay",
            "query_limit",
        }
        assert (await kie.read(done))["data"]["state"] == "success"
        async with kie.session.get(url) as answer:
            assert await answer.read() == picture
        assert (await kie.ended(running))["state"] == "success"
        await receiver.count(1)
        assert receiver.bodies[0]["data"]["taskId"] == called


async def test_a_callback_that_was_waiting_for_its_retry_is_retried_by_the_next_process(
    tmp_path: Path, receiver: Receiver
) -> None:
    receiver.answers = [503]
    port = free_port()
    async with process(port, tmp_path) as kie:
        await kie.knobs(delay=0, callback_pace=5)
        task_id = await kie.made(callBackUrl=receiver.url)
        await receiver.count(1)

        async def noted() -> bool:
            return bool((await kie.shown(task_id))["callbacks"][0]["attempts"])

        await until(noted)
    assert len(receiver.bodies) == 1
    async with process(port, tmp_path) as kie:
        await receiver.count(2)
        assert receiver.bodies[1] == receiver.bodies[0]
