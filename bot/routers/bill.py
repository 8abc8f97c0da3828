"""What one generation cost."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.catalogue import Catalogue
from app.generation import Generation
from bot.balances import Balances
from bot.callbacks import GenerationAct, GenerationTap
from bot.filters import own_generation
from bot.views.bill import bill_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="bill")
    router.callback_query.register(bill, GenerationTap.filter(F.act == GenerationAct.BILL), own_generation)
    return router


async def bill(
    query: CallbackQuery, generation: Generation, visit: Visit, balances: Balances, catalogue: Catalogue
) -> None:
    """Below the result, which stays."""
    lines = await balances.for_generation(visit.user.id, generation.id)
    spec = catalogue.get(generation.model_key)
    await visit.show(bill_view(visit.words, spec, generation, lines))
