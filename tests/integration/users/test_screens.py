"""The live screen survives restarts and is one per person and chat."""

from app.db import Epoch
from app.users import LiveScreen, ScreenService, User

GROUP = -100


async def test_the_last_remembered_message_is_the_screen(
    screens: ScreenService, anna: User, epoch: Epoch
) -> None:
    await screens.remember(epoch, anna.id, anna.id, LiveScreen(10))
    await screens.remember(epoch, anna.id, anna.id, LiveScreen(11))
    await screens.remember(epoch, GROUP, anna.id, LiveScreen(12))

    assert await screens.shown(anna.id, anna.id) == LiveScreen(11)
    assert await screens.shown(GROUP, anna.id) == LiveScreen(12)


async def test_a_forgotten_screen_is_not_shown(screens: ScreenService, anna: User, epoch: Epoch) -> None:
    await screens.remember(epoch, anna.id, anna.id, LiveScreen(10))
    await screens.remember(epoch, anna.id, anna.id, None)

    assert await screens.shown(anna.id, anna.id) is None


async def test_what_is_awaited_stays_with_the_screen_and_goes_with_the_next(
    screens: ScreenService, anna: User, epoch: Epoch
) -> None:
    await screens.remember(epoch, anna.id, anna.id, LiveScreen(10, "search"))
    assert await screens.shown(anna.id, anna.id) == LiveScreen(10, "search")
    await screens.remember(epoch, anna.id, anna.id, LiveScreen(10))
    assert await screens.shown(anna.id, anna.id) == LiveScreen(10)
