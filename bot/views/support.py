"""Whom to write to, the terms and the privacy: only what is really configured."""

from app.inbox import KEPT_SECONDS
from bot.configured import Configured
from bot.keyboards.support import privacy_keyboard, support_keyboard, terms_keyboard
from bot.texts import Markup, Words
from bot.view import View

DAY_SECONDS = 24 * 3600


def support_view(words: Words, configured: Configured) -> View:
    """The operator's contact and words; without them honestly none (F38)."""
    if not configured.has_support:
        return View(words("support-none"), support_keyboard(words, None))
    lines = [words("support"), *_own_words(words, configured)]
    return View(Markup("\n\n".join(lines)), support_keyboard(words, configured.support_url))


def pay_support_view(words: Words, configured: Configured) -> View:
    """What to do about a payment, and who decides about refunds."""
    contact = words("paysupport-contact" if configured.has_support else "paysupport-no-contact")
    lines = [words("paysupport"), contact, *_own_words(words, configured)]
    return View(Markup("\n\n".join(lines)), support_keyboard(words, configured.support_url))


def terms_view(words: Words, configured: Configured) -> View:
    """The rules, and where the full text is."""
    return View(terms_text(words, configured), terms_keyboard(words, configured.terms_url))


def privacy_view(words: Words, configured: Configured) -> View:
    """What is kept and who receives it; what there is no button for is asked of the support."""
    return View(privacy_text(words, configured), privacy_keyboard(words, configured.support_url))


def terms_text(words: Words, configured: Configured) -> Markup:
    """What holds here with and without terms of the operator's own."""
    return Markup(
        "\n\n".join([words("terms"), words("terms-full" if configured.terms_url else "terms-none")])
    )


def privacy_text(words: Words, configured: Configured) -> Markup:
    """Only what is true of this installation."""
    days = int(KEPT_SECONDS // DAY_SECONDS)
    asked = words("privacy-contact" if configured.has_support else "privacy-no-contact")
    kept = words("privacy", days=days, copy_days=configured.result_copy_days)
    lines = [kept, words("privacy-receivers"), words("privacy-rights"), asked]
    return Markup("\n\n".join([*lines, *_own_words(words, configured)]))


def _own_words(words: Words, configured: Configured) -> list[Markup]:
    return [words("support-own", text=configured.support_text)] if configured.support_text else []
