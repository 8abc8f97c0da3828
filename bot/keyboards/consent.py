"""The buttons of the question for consent."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Agree, Go, Paper, Read, Target
from bot.keyboards.rows import Row, button, keyboard, link, main_button, to_menu
from bot.texts import Words


def question_keyboard(words: Words, agree: Agree) -> InlineKeyboardMarkup:
    """Agree and go on; the two papers; home."""
    papers = [
        button(words.plain("button-terms"), _read(agree, Paper.TERMS)),
        button(words.plain("button-privacy"), _read(agree, Paper.PRIVACY)),
    ]
    return keyboard([_agree(words, agree), papers, [to_menu(words)]])


def paper_keyboard(words: Words, agree: Agree, url: str | None) -> InlineKeyboardMarkup:
    """The full text where there is one, agree and go on, back to the question."""
    full: Row = [link(words.plain("button-read-terms"), url)] if url else []
    back = button(words.plain("button-back"), _read(agree, Paper.QUESTION))
    return keyboard([full, _agree(words, agree), [back, to_menu(words)]])


def agreed_keyboard(words: Words) -> InlineKeyboardMarkup:
    """To the money, or home."""
    return keyboard([[button(words.plain("button-top-up"), Go(to=Target.TOP_UP)), to_menu(words)]])


def _agree(words: Words, agree: Agree) -> Row:
    return [main_button(words.plain("button-agree"), agree)]


def _read(agree: Agree, paper: Paper) -> Read:
    return Read(paper=paper, to=agree.to, about=agree.about, draft=agree.draft)
