"""The buttons of dead events and jobs."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.admin import DeadWork, Right, Role, may
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_people import to_person
from bot.keyboards.rows import Row, button, in_rows, keyboard, pages
from bot.staff_callbacks import DeadAct, DeadPage, DeadTap, MadeAct, MadeTap
from bot.texts import Words

PAGE_SIZE = 6


def dead_keyboard(words: Words, found: Sequence[DeadWork], page: int, count: int) -> InlineKeyboardMarkup:
    """Each of the page, and the arrows."""
    cards = (
        button(
            words.plain("button-dead", number=str(it.id)),
            DeadTap(sort=it.sort, work=it.id, act=DeadAct.OPEN),
        )
        for it in found
    )
    arrows = (DeadPage(page=max(0, page - 1)), DeadPage(page=page + 1))
    return keyboard([*in_rows(cards, 3), *pages(words, page, count, arrows), to_overview(words)])


def work_keyboard(words: Words, work: DeadWork, role: Role | None) -> InlineKeyboardMarkup:
    """Another try for it or for all of its kind, where the role allows; whose it is; back."""
    tries: list[Row] = []
    if may(role, Right.WORK):
        tries = [
            [button(words.plain(key), DeadTap(sort=work.sort, work=work.id, act=act))]
            for key, act in (
                ("button-dead-replay", DeadAct.REPLAY),
                ("button-dead-replay-kind", DeadAct.REPLAY_KIND),
            )
        ]
    about: Row = []
    if work.generation_id is not None:
        label = words.plain("button-dead-generation", number=str(work.generation_id))
        about.append(button(label, MadeTap(generation=work.generation_id, act=MadeAct.OPEN)))
    person = [] if work.user_id is None else to_person(words, work.user_id)
    return keyboard([*tries, about, person, to_dead(words), to_overview(words)])


def ask_replay_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Back: nothing was done."""
    return keyboard([to_dead(words), to_overview(words)])


def to_dead(words: Words) -> Row:
    """Back to the list."""
    return [button(words.plain("button-admin-dead-list"), DeadPage(page=0))]
