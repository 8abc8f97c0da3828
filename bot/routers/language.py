"""The choice of language."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.offers import Offers
from app.users import UserService
from bot.balances import Balances
from bot.callbacks import Go, LanguageTap, Target
from bot.routers.menu import show_menu
from bot.texts import Texts
from bot.views.language import language_view
from bot.visit import Visit

router = Router(name="language")


@router.message(Command("language"))
async def language_command(message: Message, visit: Visit, texts: Texts) -> None:
    """The languages, below what was typed."""
    await visit.show(language_view(visit.words, texts))


@router.callback_query(Go.filter(F.to == Target.LANGUAGE))
async def language_button(query: CallbackQuery, visit: Visit, texts: Texts) -> None:
    """The languages, in place."""
    await visit.show(language_view(visit.words, texts))


@router.callback_query(LanguageTap.filter())
async def chosen(
    query: CallbackQuery,
    callback_data: LanguageTap,
    visit: Visit,
    users: UserService,
    texts: Texts,
    menu: "MenuScreens",
) -> None:
    """From here on in this language, beginning with the menu."""
