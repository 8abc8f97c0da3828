"""Whatever nobody else understands gets one visible reaction (P9): it comes last."""

from aiogram import F, Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery, Message

from app.users import DraftService
from bot.callbacks import DRAFT_CALLBACKS
from bot.draft_screens import DraftScreens
from bot.filters import draft_on_show
from bot.menu_screen import MenuScreen
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="fallback")
    router.callback_query.register(
        stale_draft_button, or_f(*(factory.filter() for factory in DRAFT_CALLBACKS))
    )
    router.callback_query.register(unknown_button)
    router.message.register(unknown_command, F.text)
    router.message.register(unsupported)
    return router


async def show_place(
    visit: Visit, drafts: DraftService, draft_screens: DraftScreens, menu: MenuScreen
) -> None:
    """Where the person is now: their open draft, else the menu. A group sees no draft that was begun elsewhere."""
    in_private = visit.screen.place.is_private
    draft = await (drafts.current(visit.user.id) if in_private else draft_on_show(visit, drafts))
    if draft is None:
        await menu.show(visit)
        return
    await visit.show(await draft_screens.here(visit.words, visit.step.epoch, draft))


async def stale_draft_button(
    query: CallbackQuery,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
    menu: MenuScreen,
) -> None:
    """A button of another revision, of a closed draft or of somebody else's: nothing is applied."""
    if not visit.replayed:
        visit.say("toast-old-button")
    await show_place(visit, drafts, draft_screens, menu)


async def unknown_button(query: CallbackQuery, visit: Visit, menu: MenuScreen) -> None:
    """A button that no screen of today has."""
    visit.say("toast-old-button")
    await menu.show(visit)


async def unknown_command(message: Message, visit: Visit, menu: MenuScreen) -> None:
    """A command that does not exist."""
    await menu.show(visit, visit.words("unknown-command"))


async def unsupported(
    message: Message,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
    menu: MenuScreen,
) -> None:
    """A photo, a voice, a sticker …: said kindly, above the place where the person was."""
    note = visit.words("unsupported")
    draft = await draft_on_show(visit, drafts)
    if draft is None:
        await menu.show(visit, note)
        return
    view = await draft_screens.here(visit.words, visit.step.epoch, draft)
    await visit.show(view.noting(note))
