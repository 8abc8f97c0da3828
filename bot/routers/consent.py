"""The tap that agrees to the terms, and what the person wanted before they were asked (P47)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.bank_desk import BankDesk
from bot.callbacks import Agree, Onwards, Read
from bot.cashier import Cashier
from bot.consent_desk import ConsentDesk
from bot.draft_files import DraftFiles
from bot.media_screens import FileScreens
from bot.visit import Visit


def build_router() -> Router:
    """What leads here; where nothing can go on (any more), the consent is recorded all the same."""
    router = Router(name="consent")
    tapped = router.callback_query.register
    tapped(read, Read.filter())
    tapped(to_invoice, Agree.filter(F.to == Onwards.STARS))
    tapped(to_subscription, Agree.filter(F.to == Onwards.MONTHLY))
    tapped(to_transfer, Agree.filter(F.to == Onwards.TRANSFER))
    tapped(to_files, Agree.filter(F.to == Onwards.FILES))
    tapped(to_draft, Agree.filter(F.to == Onwards.DRAFT))
    return router


async def read(query: CallbackQuery, callback_data: Read, visit: Visit, consent_desk: ConsentDesk) -> None:
    """The terms, the privacy, or the question again."""
    await consent_desk.read(visit, callback_data)


async def to_invoice(
    query: CallbackQuery, callback_data: Agree, visit: Visit, consent_desk: ConsentDesk, cashier: Cashier
) -> None:
    """The invoice for Stars."""
    if await consent_desk.agreed(visit, callback_data):
        await cashier.invoice_agreed(visit, callback_data.about)


async def to_subscription(
    query: CallbackQuery, callback_data: Agree, visit: Visit, consent_desk: ConsentDesk, cashier: Cashier
) -> None:
    """The way to Telegram's own window."""
    if await consent_desk.agreed(visit, callback_data):
        await cashier.subscribe(visit)


async def to_transfer(
    query: CallbackQuery, callback_data: Agree, visit: Visit, consent_desk: ConsentDesk, bank_desk: BankDesk
) -> None:
    """The details to transfer to."""
    if await consent_desk.agreed(visit, callback_data):
        await bank_desk.order_agreed(visit, callback_data.about)


async def to_files(
    query: CallbackQuery,
    callback_data: Agree,
    visit: Visit,
    consent_desk: ConsentDesk,
    file_screens: FileScreens,
) -> None:
    """The models for the files that wait."""
    if await consent_desk.agreed(visit, callback_data):
        await file_screens.page(visit, callback_data.about, 0)


async def to_draft(
    query: CallbackQuery,
    callback_data: Agree,
    visit: Visit,
    consent_desk: ConsentDesk,
    draft_files: DraftFiles,
) -> None:
    """The files that wait go into the draft."""
    if await consent_desk.agreed(visit, callback_data):
        await draft_files.take_waiting(visit, callback_data.draft, callback_data.about)
