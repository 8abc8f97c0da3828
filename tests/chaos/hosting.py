"""Instances behind one address, each with its own network to a Postgres of their own; and what can happen to them."""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg

from app.db.embedded import EmbeddedPostgres
from tests.fixtures.cluster import cluster
from tests.fixtures.fleet import Fleet, Instance, running_fleet
from tests.fixtures.launched import START_SECONDS, children, free_port, is_ready, resident
from tests.fixtures.postgres import FAST
from tests.fixtures.stalling_proxy import StallingProxy, stalling_proxy

KILL, CRASH, RESTART, CUT, STALL, PARTITION = (
    "ACTIVE killed",
    "Postgres crashed",
    "Postgres restarted",
    "connections cut",
    "connections stalled",
    "ACTIVE partitioned",
)
ONCE = (CUT, KILL, CRASH, KILL, STALL, RESTART, KILL, PARTITION)
"""Everything, quickly."""
AGAIN = (CUT, KILL, CRASH, KILL, STALL, KILL, RESTART, KILL, PARTITION, KILL)
"""A round of a long siege: every other mishap is a kill."""
STALL_SECONDS = 3.0
"""Shorter than a lease: nobody is replaced."""
TAKEOVER_WITHIN = 60.0
LOOK_SECONDS = 0.02
T = TypeVar("T")
LEADER = "SELECT epoch, instance, extract(epoch FROM renewed_at)::float8 FROM leader"


@dataclass(frozen=True)
class Reign:
    """`renewed_at`: seconds by the wall clock, of Postgres on this machine."""

    epoch: int
    instance: str
    renewed_at: float


@dataclass
class Hosting:
    """`up` are the instances that a platform would send traffic to."""

    fleet: Fleet
    postgres: EmbeddedPostgres
    luck: random.Random
    networks: AsyncExitStack
    up: list[Instance] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    takeovers: dict[str, list[float]] = field(default_factory=lambda: {KILL: [], PARTITION: []})
    """Seconds from what was done to the ACTIVE one until the next one's epoch."""
    seconds_up: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """How long so many instances were up."""
    starts: int = 0
    """How often somebody who was killed was started again; more often than kills where Postgres was away."""
    _proxies: dict[str, StallingProxy] = field(default_factory=dict)
    _goes_to: int = 0
    _restarts: list["asyncio.Task[None]"] = field(default_factory=list)
    _counted_at: float = field(default_factory=time.monotonic)

    async def add_instance(self) -> None:
        """One more, on a network of its own; returns when it is ready."""
        proxy, url = await self.networks.enter_async_context(stalling_proxy(self.fleet.database_url))
        port = str(free_port())
        instance = await asyncio.to_thread(self.fleet.start_instance, PORT=port, DATABASE_URL=url)
        self._proxies[instance.name] = proxy
        self._comes(instance)

    def switch(self) -> None:
        """Traffic goes elsewhere: to one after the other, then to all of them by chance."""
        self._goes_to += 1

    def chosen(self) -> Instance:
        """Who gets the next request."""
        place = self._goes_to % (len(self.fleet.instances) + 1)
        return self.luck.choice(self.up) if place >= len(self.up) else self.up[place]

    async def strike(self, what: str) -> None:
        """Returns when the worst is over; who was killed comes back by itself."""
        acts = {
            KILL: self._kill_active,
            CRASH: self._crash_postgres,
            RESTART: self._restart_postgres,
            CUT: self._cut,
            STALL: self._stall,
            PARTITION: self._partition_active,
        }
        await acts[what]()
        self.happened[what] += 1

    async def all_are_back(self) -> None:
        """Returns when everyone who was killed is ready again."""
        await asyncio.gather(*self._restarts)

    def count_anew(self) -> None:
        """From now on `seconds_up` counts."""
        self.count()
        self.seconds_up.clear()

    def count(self) -> None:
        """Brings `seconds_up` up to now."""
        now = time.monotonic()
        self.seconds_up[len(self.up)] += now - self._counted_at
        self._counted_at = now

    async def memory(self) -> float:
        """Megabytes of the process that is ACTIVE."""
        _, active = await self._active()
        return max((resident(pid) for pid in active.launched.workers()), default=0.0)

    async def _kill_active(self) -> None:
        await self._until(lambda: len(self.up) > 1 or None, "a second instance")
        reign, active = await self._active()
        self._goes(active)
        at = time.time()
        await asyncio.to_thread(active.launched.kill_everything)
        self._restarts.append(asyncio.create_task(self._bring_back(active)))
        self.takeovers[KILL].append((await self._next_reign(reign)).renewed_at - at)

    async def _bring_back(self, instance: Instance) -> None:
        """As a platform does: again and again, where Postgres was away when it started."""
        deadline = time.monotonic() + START_SECONDS
        while not await asyncio.to_thread(is_ready, instance.url):
            assert time.monotonic() < deadline, f"not ready again:\n{instance.launched.log[-4000:]}"
            if not instance.launched.runs:
                self.starts += 1
                instance.launched.start()
            await asyncio.sleep(LOOK_SECONDS)
        self._comes(instance)

    async def _crash_postgres(self) -> None:
        """One of its processes dies, so it ends all sessions and recovers from its log."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.luck.choice(children(self.postgres.pid)), signal.SIGKILL)

    async def _restart_postgres(self) -> None:
        """An immediate stop, and a new address as after a fail-over."""
        await asyncio.to_thread(self.postgres.kill)
        await asyncio.to_thread(self.postgres.start)
        self.fleet.database_url = self.postgres.url
        for proxy in self._proxies.values():
            proxy.retarget(self.postgres.url)

    async def _cut(self) -> None:
        for proxy in self._proxies.values():
            proxy.cut()

    async def _stall(self) -> None:
        for proxy in self._proxies.values():
            proxy.stall()
        await asyncio.sleep(STALL_SECONDS)
        for proxy in self._proxies.values():
            proxy.flow()

    async def _partition_active(self) -> None:
        await self._until(lambda: len(self.up) > 1 or None, "a second instance")
        reign, active = await self._active()
        at = time.time()
        self._proxies[active.name].stall()
        self.takeovers[PARTITION].append((await self._next_reign(reign)).renewed_at - at)
        self._proxies[active.name].flow()

    async def _active(self) -> tuple[Reign, Instance]:
        def look() -> tuple[Reign, Instance] | None:
            reign = self._reign()
            names = {instance.name: instance for instance in self.up}
            return (reign, names[reign.instance]) if reign and reign.instance in names else None

        return await self._until(look, "an ACTIVE instance")

    async def _next_reign(self, last: Reign) -> Reign:
        def look() -> Reign | None:
            reign = self._reign()
            return reign if reign and reign.epoch > last.epoch else None

        return await self._until(look, "a take-over")

    def _reign(self) -> Reign | None:
        with contextlib.suppress(psycopg.OperationalError):  # Postgres recovers just now
            for epoch, instance, renewed_at in self.fleet.books.all(LEADER):
                return Reign(int(str(epoch)), str(instance), float(str(renewed_at)))
        return None

    async def _until(self, look: Callable[[], T | None], what: str) -> T:
        deadline = time.monotonic() + TAKEOVER_WITHIN
        while time.monotonic() < deadline:
            if (found := await asyncio.to_thread(look)) is not None:
                return found
            await asyncio.sleep(LOOK_SECONDS)
        raise AssertionError(f"{what} did not come")

    def _comes(self, instance: Instance) -> None:
        self.count()
        self.up.append(instance)

    def _goes(self, instance: Instance) -> None:
        self.count()
        self.up.remove(instance)


@asynccontextmanager
async def hosting(seed: int) -> AsyncIterator[Hosting]:
    """Stand-ins and a Postgres, without instances yet."""
    address = f"http://127.0.0.1:{free_port()}"
    with cluster(**FAST) as postgres:
        await asyncio.to_thread(postgres.start)
        with running_fleet(postgres.url, address) as fleet:
            async with AsyncExitStack() as networks:
                hosted = Hosting(fleet, postgres, random.Random(seed), networks)
                try:
                    yield hosted
                finally:
                    await asyncio.gather(*hosted._restarts, return_exceptions=True)
                    await asyncio.to_thread(fleet.end)
