"""The inbox's ears: LISTEN on a connection that may die without a word."""

import asyncio

import pytest

from app.inbox import Listener
from tests.fixtures.stalling_proxy import stalling_proxy


@pytest.mark.proves("X12")
async def test_a_listener_on_a_connection_that_leads_nowhere_any_more_listens_anew(database_url: str) -> None:
    listening = asyncio.Event()

    def wake() -> bool:
        listening.set()
        return True

    async with stalling_proxy(database_url) as (proxy, through):
        ears = Listener(through, application_name="ears", reconnect_seconds=0.01, look_seconds=0.2)
        hearing = asyncio.create_task(ears.listen(wake))
        async with asyncio.timeout(60):
            await listening.wait()
            listening.clear()
            proxy.strand()
            await listening.wait()
        hearing.cancel()
        await asyncio.wait({hearing})
