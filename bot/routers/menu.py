"""The main menu, the greeting, and the way back from everywhere."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from app.offers import Offers
from app.users import DraftService
from bot.balances import Balances
from bot.callbacks import Go, Target
from bot.views.menu import menu_view
from bot.visit import Visit

router = Router(name="menu")


async def show_menu(visit: Visit, offers: Offers, balances: Balances) -> None:
    """The menu as the live screen."""
    await visit.show(menu_view(visit.words, offers, await balances.of(visit.user.id)))


@router.message(CommandStart())
async def start(message: Message, visit: Visit, offers: Offers, balances: Balances) -> None:
    """Greets by name; a deep link that nobody understands is a greeting, too."""
    view = menu_view(visit.words, offers, await balances.of(visit.user.id))
    key = "greeting-new" if visit.user.is_new else "greeting"
    await visit.show(view.noting(visit.words(key, name=visit.user.first_name)))


@router.message(Command("menu"))
async def menu_command(message: Message, visit: Visit, offers: Offers, balances: Balances) -> None:
    """The menu below what was typed."""
    await show_menu(visit, offers, balances)


@router.callback_query(Go.filter(F.to == Target.MENU))
async def menu_button(query: CallbackQuery, visit: Visit, offers: Offers, balances: Balances) -> None:
    """The menu in place."""
    await show_menu(visit, offers, balances)


@router.message(Command("cancel"))
async def cancel_command(
    message: Message, visit: Visit, drafts: DraftService, offers: Offers, balances: Balances
) -> None:
    """Drops the open draft, if there is one, and says which."""
    draft = await drafts.current(visit.user.id)
    if draft is not None:
        await drafts.abandon(visit.step, visit.user.id, draft.id)
    note = visit.words("cancelled-draft" if draft else "nothing-to-cancel")
    view = menu_view(visit.words, offers, await balances.of(visit.user.id))
    await visit.show(view.noting(note))
