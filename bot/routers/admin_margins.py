"""What each model earned and what it cost us, page by page."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery

from app.admin import Right
from app.books import Margins
from app.catalogue import Catalogue
from bot.staff_callbacks import MarginsPage
from bot.staff_filters import allowed
from bot.views.admin_margins import margins_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_margins")
    router.callback_query.register(margins_page, MarginsPage.filter(), allowed(Right.FIGURES))
    return router


async def margins_page(
    query: CallbackQuery,
    callback_data: MarginsPage,
    visit: Visit,
    margins: Margins,
    catalogue: Catalogue,
) -> None:
    """The worst first."""
    found = await margins.by_model(timedelta(days=int(callback_data.stretch)))
    view = margins_view(visit.words, catalogue, found, callback_data)
    await visit.show(view)
