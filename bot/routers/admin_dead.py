"""Dead events and jobs: the list, one of them, and another try."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import DeadWork, Right
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import DeadAct, DeadPage, DeadTap
from bot.staff_dead import StaffDead
from bot.staff_filters import allowed, answers, known_dead
from bot.staff_wishes import ReplayWish
from bot.views.admin_dead import ask_replay_view
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_dead")
    look, work = allowed(Right.LOOK), allowed(Right.WORK)
    tapped = router.callback_query.register
    tapped(dead_page, DeadPage.filter(), look)
    tapped(open_work, DeadTap.filter(F.act == DeadAct.OPEN), look, known_dead)
    tapped(ask_one, DeadTap.filter(F.act == DeadAct.REPLAY), work, known_dead)
    tapped(ask_kind, DeadTap.filter(F.act == DeadAct.REPLAY_KIND), work, known_dead)
    router.message.register(reason_typed, TYPED, answers(Right.WORK, Asked.REPLAY))
    return router


async def dead_page(
    query: CallbackQuery, callback_data: DeadPage, visit: Visit, staff_dead: StaffDead
) -> None:
    """The newest first."""
    await staff_dead.page(visit, callback_data.page)


async def open_work(query: CallbackQuery, work: DeadWork, visit: Visit, staff_dead: StaffDead) -> None:
    """What it was, why it died, whose it is."""
    await staff_dead.show(visit, work)


async def ask_one(query: CallbackQuery, work: DeadWork, visit: Visit) -> None:
    """Why shall it be tried again?"""
    await visit.show(ask_replay_view(visit.words, ReplayWish(work.sort, work.id, work.kind)))


async def ask_kind(query: CallbackQuery, work: DeadWork, visit: Visit) -> None:
    """Why shall all of its kind be tried again?"""
    await visit.show(ask_replay_view(visit.words, ReplayWish(work.sort, None, work.kind)))


async def reason_typed(message: Message, awaited: Awaited, visit: Visit, staff_dead: StaffDead) -> None:
    """What was typed is the reason."""
    await staff_dead.replay(visit, awaited, message.text or "")
