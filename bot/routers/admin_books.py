"""What the nightly proof of the books said last."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.admin import Right
from app.books import AuditRuns
from bot.staff_callbacks import StaffGo, StaffScreen
from bot.staff_filters import allowed
from bot.views.admin_books import books_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_books")
    figures = allowed(Right.FIGURES)
    router.callback_query.register(books, StaffGo.filter(F.to == StaffScreen.BOOKS), figures)
    return router


async def books(query: CallbackQuery, visit: Visit, audits: AuditRuns) -> None:
    """When, how long, and what did not fit."""
    await visit.show(books_view(visit.words, await audits.last()))
