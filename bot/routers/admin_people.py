"""A person as the staff sees them: money, generations; ban."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import AdminService, Profile, Right, Staff
from app.catalogue import Catalogue
from app.generation import GenerationService
from bot.staff_acts import StaffActs
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import PersonAct, PersonTap, StaffGo, StaffScreen
from bot.staff_filters import allowed, answers, known_person
from bot.staff_typed import GENERATION
from bot.views.admin_people import (
    SHOWN_GENERATIONS,
    ask_view,
    find_view,
    made_view,
    person_view,
)
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")
NUMBERED = F.text.regexp(GENERATION)
BAN_ACTS = (PersonAct.BAN, PersonAct.UNBAN)


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_people")
    look, ban = allowed(Right.LOOK), allowed(Right.BAN)
    tapped = router.callback_query.register
    tapped(find, StaffGo.filter(F.to == StaffScreen.FIND), look)
    tapped(show, PersonTap.filter(F.act == PersonAct.SHOW), look, known_person)
    tapped(made, PersonTap.filter(F.act == PersonAct.MADE), look, known_person)
    tapped(ask_reason, PersonTap.filter(F.act.in_(BAN_ACTS)), ban, known_person)
    typed = router.message.register
    typed(found, TYPED & ~NUMBERED, answers(Right.LOOK, Asked.FIND))
    typed(reason_typed, TYPED, answers(Right.BAN, Asked.BAN, Asked.UNBAN))
    return router


async def find(query: CallbackQuery, visit: Visit) -> None:
    """Asks for an id or a name."""
    await visit.show(find_view(visit.words))


async def found(message: Message, visit: Visit, admin: AdminService, staff: Staff) -> None:
    """The person, or the question again."""
    profile = await admin.find(message.text or "")
    if profile is None:
        await visit.show(find_view(visit.words).noting(visit.words("admin-nobody")))
        return
    await visit.show(person_view(visit.words, profile, await staff.role_of(visit.user.id)))


async def show(query: CallbackQuery, profile: Profile, visit: Visit, staff: Staff) -> None:
    """The person's card."""
    await visit.show(person_view(visit.words, profile, await staff.role_of(visit.user.id)))


async def made(
    query: CallbackQuery,
    profile: Profile,
    visit: Visit,
    generations: GenerationService,
    catalogue: Catalogue,
) -> None:
    """Their newest generations."""
    found = await generations.history(profile.user.id, limit=SHOWN_GENERATIONS)
    await visit.show(made_view(visit.words, catalogue, profile, found))


async def ask_reason(query: CallbackQuery, callback_data: PersonTap, profile: Profile, visit: Visit) -> None:
    """Asks why."""
    awaited = Awaited(Asked(callback_data.act.value), str(profile.user.id))
    await visit.show(ask_view(visit.words, profile, awaited))


async def reason_typed(message: Message, awaited: Awaited, visit: Visit, staff_acts: StaffActs) -> None:
    """Shuts out or lets in."""
    await staff_acts.bar(visit, awaited, message.text or "")
