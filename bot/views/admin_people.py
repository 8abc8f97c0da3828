"""A person's card, and the questions of the staff about them."""

from collections.abc import Sequence
from types import MappingProxyType

from app.admin import Profile, Role
from app.catalogue import Catalogue
from app.generation import Generation
from app.users import Presence
from bot.inputs_text import prompt_of
from bot.keyboards.admin import back_keyboard
from bot.keyboards.admin_people import ask_keyboard, made_keyboard, person_keyboard
from bot.staff_awaiting import Asked, Awaited
from bot.texts import Markup, Words
from bot.view import View
from bot.views.admin import ROLE_KEYS
from bot.views.history import STATE_KEYS

SHOWN_GENERATIONS = 10
SHOWN_PROMPT = 60

ASK_KEYS = MappingProxyType(
    {
        Asked.BAN: "admin-ask-ban",
        Asked.UNBAN: "admin-ask-unban",
    }
)


def find_view(words: Words) -> View:
    """Asks for an id or a name."""
    return View(words("admin-find"), back_keyboard(words), Awaited(Asked.FIND).text)


def person_view(words: Words, profile: Profile, role: Role | None) -> View:
    """Who it is, their money, what they may be done. `role` is the looking member's own."""
    user, balance = profile.user, profile.balance
    lines = [
        words(
            "admin-person",
            name=user.first_name or "—",
            id=str(user.id),
            username=f"@{user.username}" if user.username else "—",
            created=words.moment(profile.created_at),
            seen=words.moment(profile.seen_at),
            cash=words.money(balance.cash),
            bonus=words.money(balance.bonus),
            held=words.money(balance.held),
            debt=words.money(balance.debt),
            paid=words.money(profile.paid_in),
            spent=words.money(profile.spent),
            made=profile.generations,
        )
    ]
    if profile.inviter is not None:
        lines.append(words("admin-person-inviter", id=str(profile.inviter)))
    if profile.invited:
        lines.append(words("admin-person-invited", count=profile.invited))
    if profile.role is not None:
        lines.append(words("admin-person-role", role=words.plain(ROLE_KEYS[profile.role])))
    if user.banned:
        lines.append(words("admin-person-banned"))
    if user.presence is not Presence.HERE:
        lines.append(words("admin-person-gone"))
    return View(Markup("\n".join(lines)), person_keyboard(words, profile, role))


def ask_view(words: Words, profile: Profile, awaited: Awaited) -> View:
    """Why."""
    text = words(ASK_KEYS[awaited.asked], name=profile.user.first_name, id=str(profile.user.id))
    return View(text, ask_keyboard(words, profile.user.id), awaited.text)


def made_view(
    words: Words,
    catalogue: Catalogue,
    profile: Profile,
    found: Sequence[Generation],
) -> View:
    """Their newest generations, line by line."""
    buttons = made_keyboard(words, profile, found)
    title = words("admin-made" if found else "admin-made-none", name=profile.user.first_name)
    return View(Markup("\n\n".join([title, *(_line(words, catalogue, it) for it in found)])), buttons)


def _line(words: Words, catalogue: Catalogue, generation: Generation) -> Markup:
    spec = catalogue.get(generation.model_key)
    return words(
        "history-line",
        number=str(generation.id),
        model=spec.name,
        price=words.money(generation.price),
        moment=words.moment(generation.created_at),
        state=words.plain(STATE_KEYS[generation.state]),
        prompt=prompt_of(spec, generation.inputs, SHOWN_PROMPT),
    )
