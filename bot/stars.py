"""Telegram Stars over the Bot API: invoices in the chat, and `app.payments.StarsApi`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)
from aiogram.types import LabeledPrice, StarTransaction, TransactionPartnerUser

from app.money import Stars
from app.payments import (
    AlreadyRefundedError,
    Invoice,
    ProviderAwayError,
    ProviderRefusedError,
    StarsBill,
    StarsMovement,
    StarsPage,
)

CURRENCY = "XTR"
BY_INVOICE = "invoice_payment"


async def send_invoice(bot: Bot, chat_id: int, invoice: Invoice) -> None:
    """Sends the invoice; raises aiogram's errors. Sent twice it is still paid once: the order is one."""
    order, wording = invoice.order, invoice.wording
    await bot.send_invoice(
        chat_id=chat_id,
        title=wording.title,
        description=wording.description,
        payload=order.payload,
        currency=order.currency,
        prices=[LabeledPrice(label=wording.title, amount=order.amount)],
        provider_token="",
    )


class TelegramStars:
    """`app.payments.StarsApi`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def link(self, bill: StarsBill) -> str:
        """The address of an invoice."""
        with _translated("createInvoiceLink"):
            return await self._bot.create_invoice_link(
                title=bill.wording.title,
                description=bill.wording.description,
                payload=bill.payload,
                currency=CURRENCY,
                prices=[LabeledPrice(label=bill.wording.title, amount=bill.amount)],
                provider_token="",
                subscription_period=None if bill.period is None else int(bill.period.total_seconds()),
            )

    async def refund(self, user_id: int, charge_id: str) -> None:
        """Sends a whole charge back."""
        try:
            with _translated("refundStarPayment"):
                await self._bot.refund_star_payment(user_id=user_id, telegram_payment_charge_id=charge_id)
        except ProviderRefusedError as error:
            if "CHARGE_ALREADY_REFUNDED" in error.reason:
                raise AlreadyRefundedError(charge_id) from error
            raise

    async def movements(self, offset: int, limit: int) -> StarsPage:
        """The lines that a person paid by an invoice or got back; withdrawals, gifts and the like are left out."""
        with _translated("getStarTransactions"):
            lines = (await self._bot.get_star_transactions(offset=offset, limit=limit)).transactions
        found = (_movement(line) for line in lines)
        return StarsPage(len(lines), tuple(it for it in found if it is not None))

    async def set_renewal(self, user_id: int, charge_id: str, *, renews: bool) -> None:
        """Cancels or resumes a subscription."""
        with _translated("editUserStarSubscription"):
            await self._bot.edit_user_star_subscription(
                user_id=user_id, telegram_payment_charge_id=charge_id, is_canceled=not renews
            )


def _movement(line: StarTransaction) -> StarsMovement | None:
    partner = line.source or line.receiver
    if not isinstance(partner, TransactionPartnerUser) or partner.transaction_type != BY_INVOICE:
        return None
    seconds = partner.subscription_period
    return StarsMovement(
        charge_id=line.id,
        user_id=partner.user.id,
        amount=Stars(line.amount),
        payload=partner.invoice_payload or "",
        moment=line.date,
        period=None if seconds is None else timedelta(seconds=seconds),
        goes_back=line.source is None,
    )


@contextmanager
def _translated(call: str) -> Iterator[None]:
    """Telegram's errors as those of a provider: what it refuses is for good, anything else is not known."""
    try:
        yield
    except TelegramRetryAfter as error:
        raise ProviderAwayError(call, error.retry_after) from error
    except (TelegramBadRequest, TelegramForbiddenError) as error:
        raise ProviderRefusedError(call, error.message) from error
    except AiogramError as error:
        raise ProviderAwayError(call) from error
