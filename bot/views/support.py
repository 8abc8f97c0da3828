"""Whom to write to, and the terms: only what is really configured."""

from bot.configured import Configured
from bot.keyboards.support import support_keyboard, terms_keyboard
from bot.texts import Markup, Words
from bot.view import View


def support_view(words: Words, configured: Configured) -> View:
    """The operator's contact and words; without them honestly none (F38)."""
    if not configured.has_support:
        return View(words("support-none"), support_keyboard(words, None))
    lines = [words("support"), *own_words(words, configured)]
    return View(Markup("\n\n".join(lines)), support_keyboard(words, configured.support_url))


def pay_support_view(words: Words, configured: Configured) -> View:
    """What to do about a payment, and who decides about refunds."""
    contact = words("paysupport-contact" if configured.has_support else "paysupport-no-contact")
    lines = [words("paysupport"), contact, *own_words(words, configured)]
    return View(Markup("\n\n".join(lines)), support_keyboard(words, configured.support_url))


def terms_view(words: Words, configured: Configured) -> View:
    """The rules, and where the full text is."""
    return View(terms_text(words, configured), terms_keyboard(words, configured.terms_url))


def terms_text(words: Words, configured: Configured) -> Markup:
    """What holds here with and without terms of the operator's own."""
    return Markup(
        "\n\n".join([words("terms"), words("terms-full" if configured.terms_url else "terms-none")])
    )


def own_words(words: Words, configured: Configured) -> list[Markup]:
    """What the operator wants to be said, if anything."""
    return [words("support-own", text=configured.support_text)] if configured.support_text else []
