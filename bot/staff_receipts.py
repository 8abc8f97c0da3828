"""A receipt on an operator's screen: the file with its card, and the decisions about it."""

from types import MappingProxyType

from app.admin import ReceiptCard, ReceiptDesk, Right, Staff, may
from app.money import Kopecks
from app.payments import Approval, FileKind
from bot.staff_typed import read_number, read_reason
from bot.texts import Words
from bot.view import View
from bot.views.admin_receipts import ask_other_view, ask_why_view, reasons_view, receipt_view
from bot.visit import Visit

APPROVAL_KEYS = MappingProxyType(
    {
        Approval.CREDITED: "receipt-credited",
        Approval.SECONDED: "receipt-seconded",
        Approval.NEEDS_ANOTHER: "receipt-needs-another",
        Approval.TOO_SOON: "receipt-too-soon",
        Approval.UNREAD: "receipt-unread",
        Approval.COPY: "receipt-copy",
        Approval.DECIDED: "receipt-decided",
    }
)


class StaffReceipts:
    """The card is drawn anew after each decision, so an operator who was slower sees what the other decided."""

    def __init__(self, receipts: ReceiptDesk, staff: Staff) -> None:
        self._receipts = receipts
        self._staff = staff

    async def send(self, visit: Visit, card: ReceiptCard) -> None:
        """A new message with the receipt itself."""
        view = await self._view(visit, card)
        is_photo = card.receipt.file.kind is FileKind.PHOTO
        if not await visit.screen.send_file(card.receipt.file.file_id, view, is_photo=is_photo):
            await visit.show(view.noting(visit.words("admin-receipt-file-gone")))

    async def approve(self, visit: Visit, receipt_id: int, amount: int) -> None:
        """The sum of the button; the tapped card changes."""
        decided = await self._receipts.approve(visit.step, visit.user.id, receipt_id, Kopecks(amount))
        visit.say(APPROVAL_KEYS[decided.approval])
        await visit.replace(await self._fresh(visit, receipt_id))

    async def approve_typed(self, visit: Visit, receipt_id: int, text: str) -> None:
        """A typed sum; anything else is asked again."""
        typed = read_number(text)
        if typed is None or typed.kopecks is None:
            card = await self._receipts.card(receipt_id)
            again = ask_other_view(visit.words, card.receipt)
            await visit.show(again.noting(visit.words("receipt-sum-needed")))
            return
        decided = await self._receipts.approve(visit.step, visit.user.id, receipt_id, typed.kopecks)
        view = await self._fresh(visit, receipt_id)
        await visit.show(view.noting(visit.words(APPROVAL_KEYS[decided.approval])))

    async def ask_why(self, visit: Visit, card: ReceiptCard) -> None:
        """The reasons for a rejection, on the card."""
        await visit.replace(reasons_view(visit.words, card))

    async def reject(self, visit: Visit, receipt_id: int, reason: str) -> None:
        """Nothing is credited; the tapped card changes."""
        rejected = await self._receipts.reject(visit.step, visit.user.id, receipt_id, reason)
        visit.say(_rejected_key(done=rejected is not None))
        await visit.replace(await self._fresh(visit, receipt_id))

    async def reject_typed(self, visit: Visit, receipt_id: int, text: str) -> None:
        """For a typed reason."""
        reason = read_reason(text)
        if not reason:
            card = await self._receipts.card(receipt_id)
            await visit.show(ask_why_view(visit.words, card.receipt))
            return
        rejected = await self._receipts.reject(visit.step, visit.user.id, receipt_id, reason)
        view = await self._fresh(visit, receipt_id)
        await visit.show(view.noting(visit.words(_rejected_key(done=rejected is not None))))

    async def _fresh(self, visit: Visit, receipt_id: int) -> View:
        return await self._view(visit, await self._receipts.card(receipt_id))

    async def _view(self, visit: Visit, card: ReceiptCard) -> View:
        words: Words = visit.words
        decides = may(await self._staff.role_of(visit.user.id), Right.RECEIPTS)
        return receipt_view(words, card, decides=decides)


def _rejected_key(*, done: bool) -> str:
    return "receipt-rejected-now" if done else "receipt-decided"
