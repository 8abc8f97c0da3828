"""The staff and their roles. Owners give and take them."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.admin import GRANTABLE, AdminService, Crew, Profile, Right
from bot.staff_callbacks import PersonAct, PersonTap, RoleTap, StaffGo, StaffScreen
from bot.staff_filters import allowed, known_person
from bot.staff_refusals import refusal_of
from bot.views.admin_crew import crew_view, role_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_crew")
    may_change = allowed(Right.STAFF)
    tapped = router.callback_query.register
    tapped(crew_button, StaffGo.filter(F.to == StaffScreen.CREW), may_change)
    tapped(ask_role, PersonTap.filter(F.act == PersonAct.ROLE), may_change, known_person)
    tapped(unmake, PersonTap.filter(F.act == PersonAct.UNMAKE), may_change, known_person)
    tapped(grant, RoleTap.filter(F.role.in_(GRANTABLE)), may_change, known_person)
    return router


async def crew_button(query: CallbackQuery, visit: Visit, crew: Crew) -> None:
    """Everybody with a role."""
    await visit.show(crew_view(visit.words, await crew.members()))


async def ask_role(query: CallbackQuery, profile: Profile, visit: Visit) -> None:
    """Which role?"""
    await visit.show(role_view(visit.words, profile))


async def grant(
    query: CallbackQuery,
    callback_data: RoleTap,
    profile: Profile,
    visit: Visit,
    crew: Crew,
    admin: AdminService,
) -> None:
    """Gives the role of the button."""
    act = crew.grant(visit.step, visit.user.id, profile.user.id, callback_data.role)
    refusal = await refusal_of(act)
    view = role_view(visit.words, await admin.profile(profile.user.id))
    await visit.show(view.noting(visit.words(refusal or "admin-done")))


async def unmake(
    query: CallbackQuery, profile: Profile, visit: Visit, crew: Crew, admin: AdminService
) -> None:
    """An ordinary person again."""
    refusal = await refusal_of(crew.take(visit.step, visit.user.id, profile.user.id))
    view = role_view(visit.words, await admin.profile(profile.user.id))
    await visit.show(view.noting(visit.words(refusal or "admin-done")))
