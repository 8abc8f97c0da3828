"""A person's text beside a better one, and what it looks like until then."""

from app.generation import FailureClass, Improvement, ImprovementOffer, ImprovementState
from app.money import Kopecks
from bot.awaiting import DRAFT
from bot.keyboards.improve import ended_keyboard, outrun_keyboard, working_keyboard
from bot.texts import Markup, Words, shortened
from bot.view import View

LONGEST_SHOWN = 1800
"""Code units of each of the two texts: both stand on one screen. The whole of a longer one stays in the draft."""

OWN_FAULT = frozenset({FailureClass.CONTENT_POLICY, FailureClass.BAD_INPUT})
"""Failures that other words might avoid."""


def improvement_view(words: Words, improvement: Improvement, price: Kopecks) -> View:
    """Where it is; once more costs `price`."""
    if improvement.is_worked_on:
        return working_view(words, improvement)
    before = _shown(improvement.before)
    if improvement.state is ImprovementState.DROPPED:
        return View(words("improve-outrun"), outrun_keyboard(words, improvement), DRAFT)
    buttons = ended_keyboard(words, improvement, price)
    if improvement.state is ImprovementState.READY:
        text = words("improve-ready", before=before, after=_shown(improvement.after or ""))
        return View(text, buttons, DRAFT)
    key = "improve-refused" if improvement.failure in OWN_FAULT else "improve-failed"
    return View(words(key, before=before), buttons, DRAFT)


def working_view(words: Words, improvement: Improvement) -> View:
    """Nothing of it depends on how far it is: its news finds the screen by what it says."""
    text = words("improve-working", before=_shown(improvement.before))
    return View(text, working_keyboard(words, improvement), DRAFT)


def outrun_lines(words: Words, offer: ImprovementOffer | None) -> list[Markup]:
    """Says that an answer is not shown, since it was about another text."""
    return [Markup(""), words("card-improve-outrun")] if offer is not None and offer.is_outrun else []


def _shown(text: str) -> str:
    return shortened(text, LONGEST_SHOWN)
