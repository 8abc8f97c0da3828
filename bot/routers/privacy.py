"""What is kept of people, the copy of it, and its deletion (P46)."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.money import Kopecks
from app.privacy import PrivacyService
from bot.callbacks import Go, Target
from bot.configured import Configured
from bot.privacy_callbacks import Depart
from bot.views.privacy import export_view, farewell_view, leaving_view, privacy_view, sure_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here. What only one person shall see works in their private chat alone."""
    router = Router(name="privacy")
    router.message.register(privacy_command, Command("privacy"))
    router.callback_query.register(privacy_button, Go.filter(F.to == Target.PRIVACY))
    router.callback_query.register(export_button, Go.filter(F.to == Target.EXPORT), alone)
    router.callback_query.register(deletion_button, Go.filter(F.to == Target.DELETION), alone)
    router.callback_query.register(last_question, Depart.filter(~F.sure), alone)
    router.callback_query.register(depart, Depart.filter(F.sure), alone)
    return router


async def alone(query: CallbackQuery) -> bool:
    """Whether nobody else sees the screen of the button."""
    return query.message is not None and query.message.chat.type == ChatType.PRIVATE


async def privacy_command(message: Message, visit: Visit, configured: Configured) -> None:
    """Below what was typed."""
    await visit.show(privacy_view(visit.words, configured, is_private=visit.screen.place.is_private))


async def privacy_button(query: CallbackQuery, visit: Visit, configured: Configured) -> None:
    """In place."""
    await visit.show(privacy_view(visit.words, configured, is_private=visit.screen.place.is_private))


async def export_button(query: CallbackQuery, visit: Visit, privacy: PrivacyService) -> None:
    """The file comes by itself."""
    await visit.show(export_view(visit.words, await privacy.ask_export(visit.step, visit.user.id)))


async def deletion_button(query: CallbackQuery, visit: Visit, privacy: PrivacyService) -> None:
    """What it would mean."""
    await visit.show(farewell_view(visit.words, await privacy.farewell(visit.user.id)))


async def last_question(
    query: CallbackQuery, callback_data: Depart, visit: Visit, privacy: PrivacyService
) -> None:
    """Whether they are sure; from the start where the money is another one now."""
    farewell = await privacy.farewell(visit.user.id)
    if farewell.paid == callback_data.given_up:
        await visit.show(sure_view(visit.words, farewell))
        return
    visit.say("toast-sum-changed")
    await visit.show(farewell_view(visit.words, farewell))


async def depart(query: CallbackQuery, callback_data: Depart, visit: Visit, privacy: PrivacyService) -> None:
    """It begins, unless the money is another one now."""
    changed = await privacy.leave(visit.step, visit.user.id, Kopecks(callback_data.given_up))
    if changed is None:
        await visit.show(leaving_view(visit.words))
        return
    visit.say("toast-sum-changed")
    await visit.show(farewell_view(visit.words, changed))
