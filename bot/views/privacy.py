"""What is kept of a person, the copy of it, and its deletion."""

from app.inbox import KEPT_SECONDS
from app.privacy import ExportWish, Farewell
from bot.configured import Configured
from bot.keyboards.privacy import export_keyboard, farewell_keyboard, privacy_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.support import own_words

DAY_SECONDS = 24 * 3600


def privacy_view(words: Words, configured: Configured, *, is_private: bool) -> View:
    """What is kept and who receives it; in a private chat with the buttons of one's rights."""
    buttons = privacy_keyboard(words, configured.support_url, is_private=is_private)
    return View(privacy_text(words, configured), buttons)


def privacy_text(words: Words, configured: Configured) -> Markup:
    """Only what is true of this installation."""
    days = int(KEPT_SECONDS // DAY_SECONDS)
    asked = words("privacy-contact" if configured.has_support else "privacy-no-contact")
    kept = words("privacy", days=days, copy_days=configured.result_copy_days)
    lines = [kept, words("privacy-receivers"), words("privacy-rights"), asked]
    return Markup("\n\n".join([*lines, *own_words(words, configured)]))


def export_view(words: Words, wish: ExportWish) -> View:
    """It is being made, or was made less than a day ago."""
    if wish.is_new:
        return View(words("export-begun"), export_keyboard(words))
    key = "export-sent" if wish.sent else "export-on-its-way"
    return View(words(key, moment=words.moment(wish.asked_at)), export_keyboard(words))


def farewell_view(words: Words, farewell: Farewell) -> View:
    """What goes, what stays, and what becomes of the money."""
    lines = [words("farewell"), *_money(words, farewell), *_way(words, farewell), words("farewell-back")]
    return View(Markup("\n\n".join(lines)), farewell_keyboard(words, farewell, sure=False))


def sure_view(words: Words, farewell: Farewell) -> View:
    """The last question, with the sum once more."""
    lines = [words("farewell-sure")]
    if farewell.paid > 0:
        lines.append(words("farewell-sure-paid", amount=words.money(farewell.paid)))
    return View(Markup("\n\n".join(lines)), farewell_keyboard(words, farewell, sure=True))


def leaving_view(words: Words) -> View:
    """It has begun; there is nothing to tap any more."""
    return View(words("leaving"))


def _money(words: Words, farewell: Farewell) -> list[Markup]:
    sums = {
        "farewell-paid": farewell.paid,
        "farewell-bonus": farewell.bonus,
        "farewell-debt": farewell.debt,
    }
    return [words(key, amount=words.money(amount)) for key, amount in sums.items() if amount > 0]


def _way(words: Words, farewell: Farewell) -> list[Markup]:
    counts = {"farewell-on-the-way": farewell.on_the_way, "farewell-waiting": farewell.waiting}
    return [words(key, count=count) for key, count in counts.items() if count > 0]
