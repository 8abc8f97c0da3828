"""What must hold before a handler of bank transfers runs."""

from mimetypes import guess_type
from typing import TypedDict

from aiogram.types import Message, TelegramObject

from app.payments import BankProvider, BankTransfers, FileKind, Order, ReceiptFile, RoubleTerms
from app.users import User
from bot.awaiting import TRANSFER, awaited_receipt
from bot.money_callbacks import TransferSum, TransferTap
from bot.visit import Visit


class GivesOrder(TypedDict):
    """An order of a transfer of this person."""

    order: Order


class GivesTerms(TypedDict):
    """What a transfer may be."""

    terms: RoubleTerms


async def transfers_offered(event: TelegramObject, bank: BankProvider) -> bool | GivesTerms:
    """The details to transfer to are all set."""
    return False if bank.terms is None else GivesTerms(terms=bank.terms)


async def takes_transfer(
    event: TelegramObject, callback_data: TransferSum, bank: BankProvider
) -> bool | GivesTerms:
    """So many kopecks can be ordered."""
    terms = bank.terms
    return False if terms is None or not terms.takes(callback_data.kopecks) else GivesTerms(terms=terms)


async def awaits_transfer(event: Message, visit: Visit, bank: BankProvider) -> bool | GivesTerms:
    """The live screen waits for a sum to transfer."""
    if bank.terms is None or await visit.screen.awaits() != TRANSFER:
        return False
    return GivesTerms(terms=bank.terms)


async def own_transfer(
    event: TelegramObject,
    callback_data: TransferTap,
    transfers: BankTransfers,
    bank: BankProvider,
    user: User,
) -> bool | GivesOrder:
    """The order of the button is the person's own, and transfers are offered."""
    order = await transfers.order(user.id, callback_data.order)
    return False if order is None or bank.terms is None else GivesOrder(order=order)


async def awaits_receipt(
    event: Message, visit: Visit, transfers: BankTransfers, user: User
) -> bool | GivesOrder:
    """The live screen waits for a receipt, and the message is no text: words mean something else."""
    order_id = awaited_receipt(await visit.screen.awaits())
    if order_id is None or event.text is not None:
        return False
    order = await transfers.order(user.id, order_id)
    return False if order is None else GivesOrder(order=order)


def receipt_in(message: Message) -> ReceiptFile | None:
    """A photo, a PDF or a picture sent as a file; None for anything else."""
    if message.photo:
        photo = message.photo[-1]
        return ReceiptFile(photo.file_id, photo.file_unique_id, FileKind.PHOTO, photo.file_size)
    document = message.document
    if document is None:
        return None
    mime = document.mime_type or guess_type(document.file_name or "")[0] or ""
    if mime != "application/pdf" and not mime.startswith("image/"):
        return None
    return ReceiptFile(document.file_id, document.file_unique_id, FileKind.DOCUMENT, document.file_size)
