"""Models of the catalogue that are not for sale, with the reasons."""

from aiogram import Router
from aiogram.types import CallbackQuery

from app.admin import Right
from app.catalogue import Catalogue
from bot.staff_callbacks import WithdrawnPage
from bot.staff_filters import allowed
from bot.views.admin_withdrawn import withdrawn_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_withdrawn")
    router.callback_query.register(withdrawn, WithdrawnPage.filter(), allowed(Right.LOOK))
    return router


async def withdrawn(
    query: CallbackQuery, callback_data: WithdrawnPage, visit: Visit, catalogue: Catalogue
) -> None:
    """A page, in the order of the files."""
    await visit.show(withdrawn_view(visit.words, catalogue, callback_data.page))
