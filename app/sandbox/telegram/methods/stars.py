"""Invoices in Stars, and everything after them."""

import re
from typing import Protocol

from aiogram.methods import (
    AnswerPreCheckoutQuery,
    CreateInvoiceLink,
    EditUserStarSubscription,
    GetMyStarBalance,
    GetStarTransactions,
    RefundStarPayment,
    SendInvoice,
)
from aiogram.types import Invoice, LabeledPrice, Message, StarAmount, StarTransactions

from app.sandbox.telegram.errors import BadRequestError, ViolationError
from app.sandbox.telegram.keyboards import check_inline
from app.sandbox.telegram.methods.post import draft
from app.sandbox.telegram.payments import MONTH_SECONDS, Bill
from app.sandbox.telegram.standin import StandIn

MOST_STARS = 100_000
MOST_STARS_A_MONTH = 10_000
START = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Invoicing(Protocol):
    """What sendInvoice and createInvoiceLink share."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def payload(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def prices(self) -> list[LabeledPrice]: ...
    @property
    def provider_token(self) -> str | None: ...


def send_invoice(standin: StandIn, call: SendInvoice) -> Message:
    bill = _bill(call, None)
    if call.start_parameter is not None and not START.fullmatch(call.start_parameter):
        raise BadRequestError("START_PARAM_INVALID")
    message = draft(standin, call)
    invoice = Invoice(
        title=call.title,
        description=call.description,
        start_parameter=call.start_parameter or "",
        currency="XTR",
        total_amount=bill.amount,
    )
    body = {"invoice": invoice, "reply_markup": check_inline(call.reply_markup, invoice=True)}
    sent = standin.messages.post(message.model_copy(update=body), by_bot=True)
    standin.payments.add_invoice(bill, chat_id=sent.chat.id, message_id=sent.message_id)
    return sent


def create_invoice_link(standin: StandIn, call: CreateInvoiceLink) -> str:
    period = None if call.subscription_period is None else int(str(call.subscription_period))
    slug = standin.payments.add_invoice(_bill(call, period), chat_id=None, message_id=None)
    return f"https://t.me/{slug}"


def answer_pre_checkout_query(standin: StandIn, call: AnswerPreCheckoutQuery) -> bool:
    standin.payments.answer(call.pre_checkout_query_id, ok=call.ok, error=call.error_message)
    return True


def refund_star_payment(standin: StandIn, call: RefundStarPayment) -> bool:
    standin.payments.refund(call.telegram_payment_charge_id, person_id=call.user_id)
    return True


def edit_user_star_subscription(standin: StandIn, call: EditUserStarSubscription) -> bool:
    standin.subscriptions.edit_by_bot(
        call.user_id, call.telegram_payment_charge_id, canceled=call.is_canceled
    )
    return True


def get_star_transactions(standin: StandIn, call: GetStarTransactions) -> StarTransactions:
    limit = 100 if call.limit is None else call.limit
    if not 1 <= limit <= 100 or (call.offset or 0) < 0:
        raise BadRequestError("LIMIT_INVALID")
    return StarTransactions(transactions=standin.payments.transactions(offset=call.offset or 0, limit=limit))


def get_my_star_balance(standin: StandIn, _call: GetMyStarBalance) -> StarAmount:
    return StarAmount(amount=standin.payments.balance())


def _bill(call: Invoicing, period: int | None) -> Bill:
    if not 1 <= len(call.title) <= 32:
        raise ViolationError("an invoice's title has 1-32 characters")
    if not 1 <= len(call.description) <= 255:
        raise ViolationError("an invoice's description has 1-255 characters")
    if not 1 <= len(call.payload.encode()) <= 128:
        raise BadRequestError("INVOICE_PAYLOAD_INVALID")
    if call.currency != "XTR":
        raise BadRequestError("PAYMENT_PROVIDER_INVALID" if not call.provider_token else "CURRENCY_INVALID")
    if call.provider_token:
        raise ViolationError("an invoice in Stars has an empty provider_token")
    return Bill(call.title, call.payload, _amount(call.prices, period), period)


def _amount(prices: list[LabeledPrice], period: int | None) -> int:
    if len(prices) != 1:
        raise BadRequestError("STARS_INVOICE_INVALID")
    amount = prices[0].amount
    if not 1 <= amount <= MOST_STARS:
        raise BadRequestError("CURRENCY_TOTAL_AMOUNT_INVALID")
    if period is not None and (period != MONTH_SECONDS or amount > MOST_STARS_A_MONTH):
        raise BadRequestError("SUBSCRIPTION_PERIOD_INVALID")
    return amount
