"""Whom to write to, and the terms."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Target
from bot.configured import Configured
from bot.views.support import pay_support_view, support_view, terms_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="support")
    router.message.register(support_command, Command("support"))
    router.message.register(pay_support_command, Command("paysupport"))
    router.message.register(terms_command, Command("terms"))
    router.callback_query.register(support_button, Go.filter(F.to == Target.SUPPORT))
    router.callback_query.register(terms_button, Go.filter(F.to == Target.TERMS))
    return router


async def support_command(message: Message, visit: Visit, configured: Configured) -> None:
    """Below what was typed."""
    await visit.show(support_view(visit.words, configured))


async def pay_support_command(message: Message, visit: Visit, configured: Configured) -> None:
    """Questions about a payment, below what was typed."""
    await visit.show(pay_support_view(visit.words, configured))


async def terms_command(message: Message, visit: Visit, configured: Configured) -> None:
    """Below what was typed."""
    await visit.show(terms_view(visit.words, configured))


async def support_button(query: CallbackQuery, visit: Visit, configured: Configured) -> None:
    """In place."""
    await visit.show(support_view(visit.words, configured))


async def terms_button(query: CallbackQuery, visit: Visit, configured: Configured) -> None:
    """In place."""
    await visit.show(terms_view(visit.words, configured))
