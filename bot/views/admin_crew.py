"""The staff and their roles."""

from collections.abc import Sequence

from app.admin import Member, Profile
from bot.keyboards.admin_crew import crew_keyboard, role_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.admin import ROLE_KEYS


def crew_view(words: Words, members: Sequence[Member]) -> View:
    """Everybody with a role, owners first."""
    lines = [
        words("admin-crew-line", id=str(it.user_id), role=words.plain(ROLE_KEYS[it.role])) for it in members
    ]
    return View(Markup("\n".join([words("admin-crew"), *lines])), crew_keyboard(words, members))


def role_view(words: Words, profile: Profile) -> View:
    """One person's role, and what can be made of it."""
    role = words.plain("role-none" if profile.role is None else ROLE_KEYS[profile.role])
    text = words("admin-role", name=profile.user.first_name, id=str(profile.user.id), role=role)
    return View(text, role_keyboard(words, profile))
