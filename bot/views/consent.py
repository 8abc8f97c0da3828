"""The question for consent, asked once before the first payment or file (P47)."""

from bot.callbacks import Agree, Paper
from bot.configured import Configured
from bot.keyboards.consent import agreed_keyboard, paper_keyboard, question_keyboard
from bot.texts import Words
from bot.view import View
from bot.views.privacy import privacy_text
from bot.views.support import terms_text


def consent_view(words: Words, agree: Agree, awaits: str | None = None) -> View:
    """What is agreed to, and the one tap that agrees; what the screen before awaited is still awaited."""
    return View(words("consent"), question_keyboard(words, agree), awaits)


def paper_view(words: Words, configured: Configured, paper: Paper, agree: Agree, awaits: str | None) -> View:
    """A paper, from which one can agree just as well."""
    if paper is Paper.QUESTION:
        return consent_view(words, agree, awaits)
    is_terms = paper is Paper.TERMS
    text = terms_text(words, configured) if is_terms else privacy_text(words, configured)
    url = configured.terms_url if is_terms else None
    return View(text, paper_keyboard(words, agree, url), awaits)


def agreed_view(words: Words, *, invoiced: bool) -> View:
    """It is recorded; the invoice stands below where one was asked for."""
    return View(words("consent-invoice" if invoiced else "consent-recorded"), agreed_keyboard(words))
