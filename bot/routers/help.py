"""How it works, and four answers to what people ask most."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.generation import FreeTier
from app.offers import Offers
from app.payments import BankProvider, PaymentService
from bot.callbacks import Go, Target
from bot.configured import Configured
from bot.views.help import errors_view, free_help_view, help_view, prices_view, top_up_help_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="help")
    router.message.register(help_command, Command("help"))
    router.callback_query.register(help_button, Go.filter(F.to == Target.HELP))
    router.callback_query.register(free_answer, Go.filter(F.to == Target.HELP_FREE))
    router.callback_query.register(top_up, Go.filter(F.to == Target.HELP_TOP_UP))
    router.callback_query.register(prices, Go.filter(F.to == Target.HELP_PRICES))
    router.callback_query.register(errors, Go.filter(F.to == Target.HELP_ERRORS))
    return router


async def help_command(message: Message, visit: Visit) -> None:
    """The help, below what was typed."""
    await visit.show(help_view(visit.words))


async def help_button(query: CallbackQuery, visit: Visit) -> None:
    """The help, in place."""
    await visit.show(help_view(visit.words))


async def free_answer(
    query: CallbackQuery, visit: Visit, configured: Configured, offers: Offers, free: FreeTier
) -> None:
    """What is free, and what is not."""
    await visit.show(free_help_view(visit.words, configured, offers, free.allowance))


async def top_up(query: CallbackQuery, visit: Visit, payments: PaymentService, bank: BankProvider) -> None:
    """How money gets in."""
    await visit.show(top_up_help_view(visit.words, payments.terms, has_bank=bank.terms is not None))


async def prices(query: CallbackQuery, visit: Visit) -> None:
    """Where a price comes from and when it is taken."""
    await visit.show(prices_view(visit.words))


async def errors(query: CallbackQuery, visit: Visit, configured: Configured) -> None:
    """What to do when something went wrong."""
    await visit.show(errors_view(visit.words, configured))
