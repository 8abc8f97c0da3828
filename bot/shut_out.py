"""Who gets one answer and nothing else: the banned, and those who are deleted or about to be."""

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Update

from app.users import Presence, User
from bot.callbacks import Go, Target
from bot.privacy_callbacks import Depart

PRIVACY_TAPS = (
    *(Go(to=it).pack() for it in (Target.PRIVACY, Target.EXPORT, Target.DELETION)),
    f"{Depart.__prefix__}:",
)


def answer_to_shut_out(user: User, event: Update) -> str | None:
    """The key of the one answer; None for who may use the bot. A ban leaves a person the right to their data."""
    match user.presence:
        case Presence.LEAVING:
            return "being-deleted"
        case Presence.GONE:
            return "deleted"
        case Presence.HERE:
            return "banned" if user.banned and not _is_about_privacy(event) else None


def begins_anew(event: Update) -> bool:
    """Whether somebody says /start in their private chat."""
    message = event.message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return False
    return (message.text or "").split(maxsplit=1)[:1] == ["/start"]


def _is_about_privacy(event: Update) -> bool:
    if event.message is not None:
        return (event.message.text or "").strip() == "/privacy"
    query: CallbackQuery | None = event.callback_query
    return query is not None and (query.data or "").startswith(PRIVACY_TAPS)
