"""Money that fits no order: the queue, one payment with why, and what operators want done with it."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import Right, StrangeDesk, StrangePayment
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import StaffGo, StaffScreen, StrangeAct, StrangeTap
from bot.staff_filters import allowed, answers, known_strange
from bot.staff_strange import StaffStrange
from bot.views.admin_strange import QUEUE_SIZE, ask_keep_view, ask_person_view, queue_view
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_strange")
    look, money = allowed(Right.LOOK), allowed(Right.MONEY)
    tapped, typed = router.callback_query.register, router.message.register
    tapped(queue, StaffGo.filter(F.to == StaffScreen.STRANGE), look)
    tapped(open_payment, StrangeTap.filter(F.act == StrangeAct.OPEN), look, known_strange)
    tapped(to_owner, StrangeTap.filter(F.act == StrangeAct.OWNER), money, known_strange)
    tapped(ask_person, StrangeTap.filter(F.act == StrangeAct.ASSIGN), money, known_strange)
    tapped(ask_note, StrangeTap.filter(F.act == StrangeAct.KEEP), money, known_strange)
    typed(person_typed, TYPED, answers(Right.MONEY, Asked.ASSIGN))
    typed(note_typed, TYPED, answers(Right.MONEY, Asked.KEEP))
    return router


async def queue(query: CallbackQuery, visit: Visit, strange: StrangeDesk) -> None:
    """What nobody has looked at, the oldest first."""
    await visit.show(queue_view(visit.words, await strange.queue(QUEUE_SIZE)))


async def open_payment(
    query: CallbackQuery, found: StrangePayment, visit: Visit, staff_strange: StaffStrange
) -> None:
    """Why it is here, and what can be done."""
    await staff_strange.show(visit, found)


async def to_owner(
    query: CallbackQuery, found: StrangePayment, visit: Visit, staff_strange: StaffStrange
) -> None:
    """What crediting the order's owner would do."""
    await staff_strange.to_owner(visit, found)


async def ask_person(query: CallbackQuery, found: StrangePayment, visit: Visit) -> None:
    """To whom, and why?"""
    await visit.show(ask_person_view(visit.words, found.payment))


async def ask_note(query: CallbackQuery, found: StrangePayment, visit: Visit) -> None:
    """Why may it stay?"""
    await visit.show(ask_keep_view(visit.words, found.payment))


async def person_typed(message: Message, awaited: Awaited, visit: Visit, staff_strange: StaffStrange) -> None:
    """What crediting this person would do."""
    await staff_strange.foresee_assign(visit, awaited, message.text or "")


async def note_typed(message: Message, awaited: Awaited, visit: Visit, staff_strange: StaffStrange) -> None:
    """What was typed is the note."""
    await staff_strange.foresee_keep(visit, awaited, message.text or "")
