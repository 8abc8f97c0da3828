"""Who comes next: of the workers of an instance that wait for the lock, the one that has waited longest."""

import asyncio
from collections.abc import Callable

from app.errors import StorageUnavailableError
from app.singleton import repository
from app.singleton.configuration import SingletonConfig, instance_part, lock_key

LOOK_SECONDS = 1.0


async def wait_until_next(config: SingletonConfig, needless: Callable[[], bool]) -> None:
    """Returns when this process is the first of its instance to wait, or when it is `needless` to know.

    Goes on through every failure of the database. It takes one connection of its own meanwhile.
    """
    while not needless():
        try:
            await _watch(config, needless)
        except StorageUnavailableError:
            await asyncio.sleep(LOOK_SECONDS)
        else:
            return


async def _watch(config: SingletonConfig, needless: Callable[[], bool]) -> None:
    connection = await repository.connect(config)
    key, instance = lock_key(config.bot_id), instance_part(config.application_name)
    try:
        while not needless():
            if await repository.next_in_line(connection, key, instance) == config.application_name:
                return
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        connection.terminate()
