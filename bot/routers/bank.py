"""Putting money in by bank transfer: the sum, the details with a code, the receipt (P27)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.payments import BankTransfers, Order, RoubleTerms
from bot.bank_desk import BankDesk
from bot.bank_filters import awaits_receipt, awaits_transfer, own_transfer, takes_transfer, transfers_offered
from bot.callbacks import (
    Go,
    Target,
)
from bot.money_callbacks import TransferAct, TransferSum, TransferTap
from bot.views.bank import bank_view, own_sum_view, send_receipt_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here; before the files without a state. Without details to transfer to, nothing does."""
    router = Router(name="bank")
    tapped = router.callback_query.register
    tapped(bank_button, Go.filter(F.to == Target.BANK), transfers_offered)
    tapped(own_sum, Go.filter(F.to == Target.BANK_SUM), transfers_offered)
    tapped(sum_tapped, TransferSum.filter(), takes_transfer)
    tapped(details, TransferTap.filter(F.act == TransferAct.SHOW), own_transfer)
    tapped(paid, TransferTap.filter(F.act == TransferAct.PAID), own_transfer)
    router.message.register(sum_typed, F.text & ~F.text.startswith("/"), awaits_transfer)
    router.message.register(receipt, awaits_receipt)
    return router


async def bank_button(
    query: CallbackQuery, terms: RoubleTerms, visit: Visit, transfers: BankTransfers
) -> None:
    """The sums, and the transfer that is not finished."""
    await visit.show(bank_view(visit.words, terms, await transfers.pending(visit.user.id)))


async def own_sum(query: CallbackQuery, terms: RoubleTerms, visit: Visit) -> None:
    """Asks for a sum."""
    await visit.show(own_sum_view(visit.words, terms))


async def sum_tapped(
    query: CallbackQuery, callback_data: TransferSum, terms: RoubleTerms, visit: Visit, bank_desk: BankDesk
) -> None:
    """The order, and how to pay it."""
    await bank_desk.order(visit, terms, callback_data.kopecks)


async def sum_typed(message: Message, terms: RoubleTerms, visit: Visit, bank_desk: BankDesk) -> None:
    """The same for a typed sum; anything else is asked again."""
    await bank_desk.order_typed(visit, terms, message.text or "")


async def details(query: CallbackQuery, order: Order, visit: Visit, bank_desk: BankDesk) -> None:
    """How to pay an order, once more."""
    await bank_desk.show(visit, order)


async def paid(query: CallbackQuery, order: Order, visit: Visit) -> None:
    """Asks for the receipt."""
    await visit.show(send_receipt_view(visit.words, order))


async def receipt(message: Message, order: Order, visit: Visit, bank_desk: BankDesk) -> None:
    """What came instead of words."""
    await bank_desk.receive(visit, order, message)
