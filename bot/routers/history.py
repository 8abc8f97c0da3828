"""What was made, five to a page; a tap sends a result again, or its original, for nothing."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.catalogue import Catalogue
from app.generation import Generation, GenerationService, Originals
from bot.callbacks import GenerationAct, GenerationTap, Go, HistoryPage, Target
from bot.filters import own_generation
from bot.results import ResultSender
from bot.views.history import PAGE_SIZE, history_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="history")
    router.message.register(history_command, Command("history"))
    router.callback_query.register(history_button, Go.filter(F.to == Target.HISTORY))
    router.callback_query.register(page, HistoryPage.filter())
    router.callback_query.register(show, GenerationTap.filter(F.act == GenerationAct.SHOW), own_generation)
    router.callback_query.register(
        original, GenerationTap.filter(F.act == GenerationAct.ORIGINAL), own_generation
    )
    return router


async def show_history(
    visit: Visit, generations: GenerationService, catalogue: Catalogue, before: int | None
) -> None:
    """One page; one more than it holds is read, to know whether there is another."""
    found = await generations.history(visit.user.id, before=before, limit=PAGE_SIZE + 1)
    await visit.show(history_view(visit.words, catalogue, found, is_first=before is None))


async def history_command(
    message: Message, visit: Visit, generations: GenerationService, catalogue: Catalogue
) -> None:
    """The newest, below what was typed."""
    await show_history(visit, generations, catalogue, None)


async def history_button(
    query: CallbackQuery, visit: Visit, generations: GenerationService, catalogue: Catalogue
) -> None:
    """The newest, in place."""
    await show_history(visit, generations, catalogue, None)


async def page(
    query: CallbackQuery,
    callback_data: HistoryPage,
    visit: Visit,
    generations: GenerationService,
    catalogue: Catalogue,
) -> None:
    """Older ones."""
    await show_history(visit, generations, catalogue, callback_data.before or None)


async def show(
    query: CallbackQuery,
    generation: Generation,
    visit: Visit,
    result_sender: ResultSender,
    generations: GenerationService,
) -> None:
    """The result once more, by what Telegram keeps of it or from our own copy, else sought at the provider."""
    sent = await result_sender.send(visit.screen.place.chat_id, generation, visit.words)
    if not sent.message_ids:
        sought = await generations.seek(visit.step, visit.user.id, generation.id)
        visit.say("toast-result-sought" if sought else "toast-result-gone")


async def original(query: CallbackQuery, generation: Generation, visit: Visit, originals: Originals) -> None:
    """The file as it was made comes by itself: bringing it may take longer than a tap may wait."""
    asked = await originals.ask(visit.step, visit.user.id, generation.id)
    visit.say("toast-original" if asked else "toast-result-gone")
