"""Money back for everything that failed its people since a moment: the dry run, the reason, the run."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import Right
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import RefundAllTap, StaffGo, StaffScreen
from bot.staff_filters import allowed, answers
from bot.staff_refund_all import StaffRefundAll
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here; the tap that agrees is with the others of its kind."""
    router = Router(name="admin_refund_all")
    money, look = allowed(Right.MONEY), allowed(Right.LOOK)
    tapped, typed = router.callback_query.register, router.message.register
    tapped(foresee, RefundAllTap.filter(), money)
    tapped(run, StaffGo.filter(F.to == StaffScreen.REFUND_RUN), look)
    typed(hours_typed, TYPED, answers(Right.MONEY, Asked.HOURS))
    typed(reason_typed, TYPED, answers(Right.MONEY, Asked.REFUND_ALL))
    return router


async def foresee(
    query: CallbackQuery, callback_data: RefundAllTap, visit: Visit, staff_refund_all: StaffRefundAll
) -> None:
    """Counts; nothing is written."""
    await staff_refund_all.foresee(visit, callback_data.hours)


async def run(query: CallbackQuery, visit: Visit, staff_refund_all: StaffRefundAll) -> None:
    """How far the newest run is."""
    await staff_refund_all.show_run(visit)


async def hours_typed(message: Message, visit: Visit, staff_refund_all: StaffRefundAll) -> None:
    """A period of one's own."""
    await staff_refund_all.hours_typed(visit, message.text or "")


async def reason_typed(
    message: Message, awaited: Awaited, visit: Visit, staff_refund_all: StaffRefundAll
) -> None:
    """What was typed is the reason."""
    await staff_refund_all.reason_typed(visit, awaited, message.text or "")
