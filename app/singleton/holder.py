"""Who is ACTIVE now, for those who only want to know."""

from app.db import connect_direct
from app.singleton import repository
from app.singleton.configuration import lock_key


async def read_holder(url: str, bot_id: int) -> str | None:
    """The `application_name` of the session that has the lock of this bot; None when nobody has it.

    `url` leads past any transaction pooler. Raises OSError or asyncpg's errors, StorageUnavailableError.
    """
    connection = await connect_direct(url, application_name="look")
    try:
        owner = await repository.lock_owner(connection, lock_key(bot_id))
    finally:
        await connection.close()
    return None if owner is None else owner.application_name
