"""Putting money in by Telegram Stars: packs and any other number."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.money import Stars
from app.payments import BankProvider, PaymentService, SubscriptionService
from app.users import DraftService
from bot.callbacks import (
    Go,
    Target,
)
from bot.cashier import Cashier
from bot.filters import awaits_stars, takes_order
from bot.money_callbacks import Buy
from bot.questions import read_stars
from bot.views.top_up import own_amount_view, top_up_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="top_up")
    router.callback_query.register(top_up_button, Go.filter(F.to == Target.TOP_UP))
    router.callback_query.register(own_amount_button, Go.filter(F.to == Target.OWN_AMOUNT))
    router.callback_query.register(buy, Buy.filter(), takes_order)
    router.callback_query.register(buy_nothing, Buy.filter())
    router.message.register(amount_typed, F.text & ~F.text.startswith("/"), awaits_stars)
    return router


async def show_top_up(
    visit: Visit,
    payments: PaymentService,
    subscriptions: SubscriptionService,
    drafts: DraftService,
    bank: BankProvider,
) -> None:
    """The packs, and whatever waits for money."""
    draft, running = await drafts.current(visit.user.id), await subscriptions.of(visit.user.id)
    view = top_up_view(
        visit.words,
        payments.terms,
        draft,
        subscribed=running is not None,
        has_bank=bank.terms is not None,
    )
    await visit.show(view)


async def top_up_button(
    query: CallbackQuery,
    visit: Visit,
    payments: PaymentService,
    subscriptions: SubscriptionService,
    drafts: DraftService,
    bank: BankProvider,
) -> None:
    """The packs, in place."""
    await show_top_up(visit, payments, subscriptions, drafts, bank)


async def own_amount_button(query: CallbackQuery, visit: Visit, payments: PaymentService) -> None:
    """Asks for a number."""
    await visit.show(own_amount_view(visit.words, payments.terms))


async def buy(query: CallbackQuery, callback_data: Buy, visit: Visit, cashier: Cashier) -> None:
    """The invoice, below the screen."""
    if await cashier.invoice(visit, Stars(callback_data.stars)):
        visit.say("toast-invoice")


async def buy_nothing(
    query: CallbackQuery,
    visit: Visit,
    payments: PaymentService,
    subscriptions: SubscriptionService,
    drafts: DraftService,
    bank: BankProvider,
) -> None:
    """A number that no order takes: what can be bought now."""
    visit.say("toast-old-button")
    await show_top_up(visit, payments, subscriptions, drafts, bank)


async def amount_typed(message: Message, visit: Visit, payments: PaymentService, cashier: Cashier) -> None:
    """A number of Stars is answered with its invoice, anything else with what is expected."""
    stars = read_stars(message.text or "", visit.words.plain("stars-names").split())
    if stars is None or not payments.terms.takes(stars):
        view = own_amount_view(visit.words, payments.terms)
        await visit.show(view.noting(visit.words("own-amount-refused")))
        return
    if await cashier.invoice(visit, stars):
        await visit.screen.stop_awaiting()
