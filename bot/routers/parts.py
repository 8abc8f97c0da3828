"""A list of parts in the wizard: one more element, or one less."""

from aiogram import Router
from aiogram.types import CallbackQuery

from app.catalogue import Parameter
from app.users import Answer, Draft, DraftService
from bot.callbacks import AddPart, DropPart
from bot.draft_screens import DraftScreens
from bot.filters import asks_for_parts, live_draft, without_part
from bot.routers.wizard import show_draft
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="parts")
    router.callback_query.register(add, AddPart.filter(), live_draft, asks_for_parts)
    router.callback_query.register(drop, DropPart.filter(), live_draft, without_part)
    return router


async def add(
    query: CallbackQuery,
    draft: Draft,
    parameter: Parameter,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """The questions about a new element, one after the other."""
    first = f"{parameter.name}.{parameter.parts[0].name}"
    changed = await drafts.ask(visit.step, visit.user.id, draft.id, draft.revision, first)
    await show_draft(visit, draft_screens, changed)


async def drop(
    query: CallbackQuery,
    draft: Draft,
    answer: Answer,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """The list without that element."""
    changed = await drafts.answer(visit.step, visit.user.id, draft.id, draft.revision, answer)
    await show_draft(visit, draft_screens, changed)
