"""Money that Telegram says has come in."""

from datetime import UTC, datetime

from aiogram import F, Router
from aiogram.types import Message, RefundedPayment
from aiogram.types import SuccessfulPayment as TelegramPayment

from app.ledger import Explanation
from app.payments import Arrival, Method, Outcome, PaymentService, RefundService
from app.users import DraftService
from bot.balances import Balances
from bot.views.balance import balance_view, credited_view
from bot.visit import Visit

TOLD_BY_TELEGRAM = Explanation(actor="telegram", reason="refunded_payment")


def build_router() -> Router:
    """What leads here."""
    router = Router(name="payment")
    router.message.register(successful_payment, F.successful_payment.as_("paid"))
    router.message.register(refunded_payment, F.refunded_payment.as_("returned"))
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


async def refunded_payment(
    message: Message, returned: RefundedPayment, visit: Visit, refunds: RefundService, balances: Balances
) -> None:
    """Stars went back, by us or past us: taken off the balance once, what was spent of them becomes debt."""
    charge = returned.telegram_payment_charge_id
    done = await refunds.went_back(visit.step.epoch, Method.STARS, charge, TOLD_BY_TELEGRAM)
    view = balance_view(visit.words, await balances.of(visit.user.id), None)
    if done is None:
        note = visit.words("payment-returned-unknown", stars=returned.total_amount)
    else:
        note = visit.words("payment-returned", amount=visit.words.money(done.payment.booked))
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
