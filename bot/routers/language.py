"""The choice of language."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.users import UserService
from bot.callbacks import Go, LanguageTap, Target
from bot.menu_screen import MenuScreen
from bot.texts import Texts
from bot.views.language import language_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="language")
    router.message.register(language_command, Command("language"))
    router.callback_query.register(language_button, Go.filter(F.to == Target.LANGUAGE))
    router.callback_query.register(chosen, LanguageTap.filter())
    return router


async def language_command(message: Message, visit: Visit, texts: Texts) -> None:
    """The languages, below what was typed."""
    await visit.show(language_view(visit.words, texts))


async def language_button(query: CallbackQuery, visit: Visit, texts: Texts) -> None:
    """The languages, in place."""
    await visit.show(language_view(visit.words, texts))


async def chosen(
    query: CallbackQuery,
    callback_data: LanguageTap,
    visit: Visit,
    users: UserService,
    texts: Texts,
    menu: MenuScreen,
) -> None:
    """From here on in this language, beginning with the menu."""
    user = await users.set_language(visit.step, visit.user.id, callback_data.code)
    visit.words = texts.for_language(user.language)
    visit.say("toast-language")
    await menu.show(visit)
