"""Money that Telegram says has come in."""

from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.types import Message
from aiogram.types import SuccessfulPayment as TelegramPayment

from app.payments import Arrival, Method, Outcome, PaymentService
from app.users import DraftService
from bot.balances import Balances
from bot.views.balance import credited_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="payment")
    router.message.register(successful_payment, F.successful_payment.as_("paid"))
    return router


async def successful_payment(
    message: Message,
    paid: TelegramPayment,
    visit: Visit,
    payments: PaymentService,
    balances: Balances,
    drafts: DraftService,
) -> None:
    """Booked once, however often it is told; then the new balance, and the draft that waited for it."""
    payment = await payments.credit(visit.step.epoch, _told(visit.user.id, paid))
    draft = await drafts.current(visit.user.id)
    view = credited_view(visit.words, await balances.of(visit.user.id), draft)
    if payment.outcome is Outcome.CREDITED:
        note = visit.words("payment-credited", amount=visit.words.money(payment.booked))
    else:
        note = visit.words("payment-suspended", number=str(payment.id))
    await visit.show(view.noting(note))


def _told(user_id: int, paid: TelegramPayment) -> Arrival:
    ends = paid.subscription_expiration_date
    return Arrival(
        method=Method.STARS,
        charge_id=paid.telegram_payment_charge_id,
        payer=user_id,
        currency=paid.currency,
        amount=paid.total_amount,
        payload=paid.invoice_payload,
        paid_until=None if ends is None else datetime.fromtimestamp(ends, UTC),
    )
