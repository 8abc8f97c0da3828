"""The tap that agrees to the terms, and what the person wanted before they were asked (P47)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.money import Stars
from app.payments import RoubleTerms
from bot.bank_desk import BankDesk
from bot.bank_filters import takes_agreed_transfer
from bot.callbacks import Agree, Onwards, Read
from bot.cashier import Cashier
from bot.consent_desk import ConsentDesk
from bot.draft_files import DraftFiles
from bot.filters import takes_agreed_stars
from bot.media_screens import FileScreens
from bot.views.consent import agreed_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here; what cannot go on (any more) is recorded all the same."""
    router = Router(name="consent")
    tapped = router.callback_query.register
    tapped(read, Read.filter())
    tapped(to_invoice, Agree.filter(F.to == Onwards.STARS), takes_agreed_stars)
    tapped(to_subscription, Agree.filter(F.to == Onwards.MONTHLY))
    tapped(to_transfer, Agree.filter(F.to == Onwards.TRANSFER), takes_agreed_transfer)
    tapped(to_files, Agree.filter(F.to == Onwards.FILES))
    tapped(to_draft, Agree.filter(F.to == Onwards.DRAFT))
    tapped(agree, Agree.filter(F.to.in_({Onwards.STARS, Onwards.TRANSFER})))
    return router


async def read(query: CallbackQuery, callback_data: Read, visit: Visit, consent_desk: ConsentDesk) -> None:
    """The terms, the privacy, or the question again."""
    await consent_desk.read(visit, callback_data)


async def to_invoice(
    query: CallbackQuery, callback_data: Agree, visit: Visit, consent_desk: ConsentDesk, cashier: Cashier
) -> None:
    """The invoice for Stars."""
    if await consent_desk.agreed(visit, callback_data):
        invoiced = await cashier.invoice(visit, Stars(callback_data.about))
        if invoiced:
            await visit.show(agreed_view(visit.words, invoiced=True))


async def to_subscription(
    query: CallbackQuery, callback_data: Agree, visit: Visit, consent_desk: ConsentDesk, cashier: Cashier
) -> None:
    """The way to Telegram's own window."""
    if await consent_desk.agreed(visit, callback_data):
        await cashier.subscribe(visit)


async def to_transfer(
    query: CallbackQuery,
    callback_data: Agree,
    terms: RoubleTerms,
    visit: Visit,
    consent_desk: ConsentDesk,
    bank_desk: BankDesk,
) -> None:
    """The details to transfer to."""
    if await consent_desk.agreed(visit, callback_data):
        await bank_desk.order(visit, terms, callback_data.about)


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


async def agree(query: CallbackQuery, callback_data: Agree, visit: Visit, consent_desk: ConsentDesk) -> None:
    """Nothing goes on from here: a sum that is not taken any more."""
    if await consent_desk.agreed(visit, callback_data):
        await visit.show(agreed_view(visit.words, invoiced=False))
