"""A person's own link, what it promises, and what it has brought."""

from app.money import Kopecks
from app.payments import InviterRecord
from bot.keyboards.invite import invite_keyboard
from bot.texts import Markup, Words
from bot.view import View


def invite_view(words: Words, link: str, bonus: Kopecks, record: InviterRecord) -> View:
    """No more is promised than is booked (F60)."""
    if record.came:
        brought = words(
            "invite-record", came=record.came, paid=record.paid, earned=words.money(record.earned)
        )
    else:
        brought = words("invite-nobody")
    text = Markup("\n\n".join([words("invite", bonus=words.money(bonus), link=link), brought]))
    return View(text, invite_keyboard(words, link))
