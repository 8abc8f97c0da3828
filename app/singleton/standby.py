"""Waiting for the lock, and for the holder's lease to run out."""

import asyncio
import logging
import time

from app.db.direct import Connection
from app.errors import StorageUnavailableError
from app.singleton import repository
from app.singleton.configuration import SingletonConfig, Timing, lock_key
from app.singleton.repository import Lease, Owner

logger = logging.getLogger(__name__)


class Standby:
    """Waits blocked on the lock and looks at the lease from a second connection.

    A holder whose lease has run out loses all its sessions, and with them the lock. One that renews its lease
    is never touched, however idle. A lock that was left to another release is not taken before that one had time.
    """

    def __init__(self, config: SingletonConfig, timing: Timing) -> None:
        self._config = config
        self._timing = timing
        self._key = lock_key(config.bot_id)
        self._ready = False
        self._had_its_turn = False
        self._asked: int | None = None
        self._suspect: tuple[int, float] | None = None

    def ask_when_waiting(self) -> None:
        """From now on each holder of another release is asked, once, to hand over."""
        self._ready = True

    def never_ask(self) -> None:
        """Whoever was ACTIVE once does not ask to be so again."""
        self._had_its_turn = True

    async def take_lock(self) -> Connection:
        """The connection that has the lock; goes on through every failure of the database."""
        while True:
            try:
                connection = await repository.connect(self._config)
                if await self._has_lock(connection):
                    return connection
            except StorageUnavailableError:
                logger.warning("[LOCK] standing by without a connection")
            await asyncio.sleep(self._timing.reconnect)

    async def _has_lock(self, connection: Connection) -> bool:
        """False, the connection closed, when the wait for the lock was in vain."""
        taken, pause = False, 0.0
        try:
            if await self._wait_for_lock(connection):
                pause = await self._courtesy(connection)
                taken = pause == 0.0
        finally:
            if not taken:
                connection.terminate()
        await asyncio.sleep(pause)
        return taken

    async def _courtesy(self, connection: Connection) -> float:
        """Seconds for which the lock is another release's; the next in the queue may be a sibling of the holder."""
        lease = await repository.read_lease(connection)
        if lease.promised_to in (None, self._config.release) or lease.age is None:
            return 0.0
        return max(0.0, self._timing.head_start - lease.age)

    async def _wait_for_lock(self, connection: Connection) -> bool:
        waiting = asyncio.create_task(repository.take_lock(connection, self._key))
        watching = asyncio.create_task(self._watch(connection.get_server_pid()))
        try:
            await asyncio.wait({waiting, watching}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                waiting.result()
                return True
            if (error := watching.exception()) is not None:
                logger.error("[LOCK] nobody looks at the lease", exc_info=error)
            return False
        finally:
            waiting.cancel()
            watching.cancel()
            await asyncio.gather(waiting, watching, return_exceptions=True)

    async def _watch(self, waiting_pid: int) -> None:
        """Returns when the server no longer knows the session that waits for the lock."""
        while True:
            try:
                connection = await repository.connect(self._config)
                try:
                    await self._watch_from(connection, waiting_pid)
                    return
                finally:
                    connection.terminate()
            except (StorageUnavailableError, TimeoutError):
                await asyncio.sleep(self._timing.reconnect)

    async def _watch_from(self, connection: Connection, waiting_pid: int) -> None:
        while True:
            if not await self._look(connection, waiting_pid):
                return
            await asyncio.sleep(self._timing.watch)

    async def _look(self, connection: Connection, waiting_pid: int) -> bool:
        async with asyncio.timeout(self._timing.beat_limit + self._timing.watch):
            lease = await repository.read_lease(connection)
            if lease.is_out(self._timing.lease):
                await self._end_stale_owner(connection, lease)
            elif lease.holder is not None:
                await self._ask_once(connection, lease)
            return await repository.session_lives(connection, waiting_pid)

    async def _ask_once(self, connection: Connection, lease: Lease) -> None:
        if lease.release == self._config.release:
            self._had_its_turn = True  # a release that was ACTIVE does not ask its successor to step back
        if self._ready and not self._had_its_turn and self._asked != lease.epoch:
            await repository.ask_for_handover(connection, self._config.release)
            self._asked = lease.epoch
            logger.info("[LOCK] asked the holder to hand over", extra={"release": self._config.release})

    async def _end_stale_owner(self, connection: Connection, lease: Lease) -> None:
        owner = await repository.lock_owner(connection, self._key)
        if owner is None or owner.application_name == self._config.application_name:
            return
        if owner.application_name != lease.holder and not self._is_stuck(owner):
            return
        ended = await repository.end_sessions(connection, owner.application_name)
        logger.warning(
            "[LOCK] ended the sessions of a holder whose lease ran out",
            extra={"holder": owner.application_name, "sessions": ended, "epoch": lease.epoch},
        )

    def _is_stuck(self, owner: Owner) -> bool:
        """True for one that got the lock and did not begin its reign within the time of a lease."""
        now = time.monotonic()
        if self._suspect is None or self._suspect[0] != owner.pid:
            self._suspect = (owner.pid, now)
        return now - self._suspect[1] > self._timing.lease
