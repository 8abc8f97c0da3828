"""A person's bank transfer: the order with its details, and the receipt that comes for it."""

from aiogram.types import Message

from app.payments import (
    BankProvider,
    BankTransfers,
    Order,
    PaymentService,
    RoubleTerms,
    TooManyOrdersError,
)
from bot.bank_filters import receipt_in
from bot.callbacks import Onwards
from bot.consent_desk import ConsentDesk
from bot.media import TELEGRAM_BYTES
from bot.staff_typed import read_number
from bot.views.bank import details_view, own_sum_view, received_view, send_receipt_view
from bot.views.consent import agreed_view
from bot.views.top_up import too_many_orders_view
from bot.visit import Visit


class BankDesk:
    """The same event makes no second order and no second receipt."""

    def __init__(
        self,
        payments: PaymentService,
        bank: BankProvider,
        transfers: BankTransfers,
        consent_desk: ConsentDesk,
    ) -> None:
        self._payments = payments
        self._bank = bank
        self._transfers = transfers
        self._consent_desk = consent_desk

    async def order(self, visit: Visit, terms: RoubleTerms, kopecks: int) -> None:
        """Makes an order and shows how to pay it, once the person has agreed; raises InvalidAmountError."""
        wish = terms.wish(kopecks)
        if not await self._consent_desk.passes(visit, Onwards.TRANSFER, kopecks):
            return
        try:
            order = await self._payments.create_order(visit.step, visit.user.id, wish)
        except TooManyOrdersError:
            await visit.show(too_many_orders_view(visit.words))
            return
        await self.show(visit, order)

    async def order_agreed(self, visit: Visit, kopecks: int) -> None:
        """The order that waited for the person's consent; a sum that is not taken has none."""
        terms = self._bank.terms
        if terms is None or not terms.takes(kopecks):
            await visit.show(agreed_view(visit.words, invoiced=False))
            return
        await self.order(visit, terms, kopecks)

    async def order_typed(self, visit: Visit, terms: RoubleTerms, text: str) -> None:
        """The same for a typed sum in roubles; anything else is asked again."""
        typed = read_number(text)
        kopecks = None if typed is None or typed.reason else typed.kopecks
        if kopecks is None or not terms.takes(kopecks):
            await visit.show(own_sum_view(visit.words, terms).noting(visit.words("bank-sum-refused")))
            return
        await self.order(visit, terms, kopecks)

    async def show(self, visit: Visit, order: Order) -> None:
        """How to pay it."""
        await visit.show(details_view(visit.words, order, self._bank.details(order)))

    async def receive(self, visit: Visit, order: Order, message: Message) -> None:
        """Takes the receipt, or says what would be one; the rest of an album stays above the screen."""
        file = receipt_in(message)
        in_place = message.media_group_id is not None
        if file is None or (file.size or 0) > TELEGRAM_BYTES:
            view = send_receipt_view(visit.words, order)
            await visit.show(view.noting(visit.words("receipt-wrong-file")), in_place=in_place)
            return
        received = await self._transfers.receive(visit.step, visit.user.id, order.id, file)
        await visit.show(received_view(visit.words, order, received), in_place=in_place)
