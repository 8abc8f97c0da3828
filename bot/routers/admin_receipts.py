"""Receipts of bank transfers: the queue, the receipt itself, and what the operators decide."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import ReceiptCard, ReceiptDesk, Right
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import ApproveTap, ReceiptAct, ReceiptTap, RejectTap, StaffGo, StaffScreen, Why
from bot.staff_filters import allowed, answers, known_receipt
from bot.staff_receipts import StaffReceipts
from bot.views.admin_receipts import QUEUE_SIZE, ask_other_view, ask_why_view, queue_view
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_receipts")
    look, decide = allowed(Right.LOOK), allowed(Right.RECEIPTS)
    tapped = router.callback_query.register
    tapped(queue, StaffGo.filter(F.to == StaffScreen.RECEIPTS), look)
    tapped(open_receipt, ReceiptTap.filter(F.act == ReceiptAct.OPEN), look, known_receipt)
    tapped(approve, ApproveTap.filter(), decide, known_receipt)
    tapped(ask_other, ReceiptTap.filter(F.act == ReceiptAct.OTHER), decide, known_receipt)
    tapped(ask_why, ReceiptTap.filter(F.act == ReceiptAct.REJECT), decide, known_receipt)
    tapped(ask_own_why, RejectTap.filter(F.why == Why.OWN), decide, known_receipt)
    tapped(reject, RejectTap.filter(), decide, known_receipt)
    router.message.register(other_typed, TYPED, answers(Right.RECEIPTS, Asked.OTHER))
    router.message.register(why_typed, TYPED, answers(Right.RECEIPTS, Asked.REJECT))
    return router


async def queue(query: CallbackQuery, visit: Visit, receipts: ReceiptDesk) -> None:
    """What waits, the oldest first."""
    found = await receipts.queue(QUEUE_SIZE + 1)
    await visit.show(queue_view(visit.words, found))


async def open_receipt(
    query: CallbackQuery, card: ReceiptCard, visit: Visit, staff_receipts: StaffReceipts
) -> None:
    """The receipt itself, with what can be decided below it."""
    await staff_receipts.send(visit, card)


async def approve(
    query: CallbackQuery, callback_data: ApproveTap, visit: Visit, staff_receipts: StaffReceipts
) -> None:
    """The sum of the button."""
    await staff_receipts.approve(visit, callback_data.receipt, callback_data.amount)


async def ask_other(query: CallbackQuery, card: ReceiptCard, visit: Visit) -> None:
    """How much has really come in?"""
    await visit.show(ask_other_view(visit.words, card.receipt))


async def ask_why(
    query: CallbackQuery, card: ReceiptCard, visit: Visit, staff_receipts: StaffReceipts
) -> None:
    """The reasons, in place of the decisions."""
    await staff_receipts.ask_why(visit, card)


async def ask_own_why(query: CallbackQuery, card: ReceiptCard, visit: Visit) -> None:
    """A reason in one's own words."""
    await visit.show(ask_why_view(visit.words, card.receipt))


async def reject(
    query: CallbackQuery, callback_data: RejectTap, visit: Visit, staff_receipts: StaffReceipts
) -> None:
    """For the reason of the button."""
    await staff_receipts.reject(visit, callback_data.receipt, callback_data.why.value)


async def other_typed(
    message: Message, awaited: Awaited, visit: Visit, staff_receipts: StaffReceipts
) -> None:
    """The sum that has really come in."""
    await staff_receipts.approve_typed(visit, awaited.number, message.text or "")


async def why_typed(message: Message, awaited: Awaited, visit: Visit, staff_receipts: StaffReceipts) -> None:
    """For a reason in the operator's own words."""
    await staff_receipts.reject_typed(visit, awaited.number, message.text or "")
