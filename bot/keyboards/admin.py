"""The buttons of the staff's first screen and of the log."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.admin import LogEntry, Overview, Right, Role, may
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.staff_callbacks import (
    DeadPage,
    LogPage,
    MarginsPage,
    RefundAllTap,
    StaffGo,
    StaffScreen,
    Stretch,
)
from bot.texts import Words


def overview_keyboard(words: Words, overview: Overview, role: Role | None) -> InlineKeyboardMarkup:
    """What waits first; what the role may not change is not there."""
    receipts = button(
        words.plain("button-admin-receipts", count=overview.waiting_receipts),
        StaffGo(to=StaffScreen.RECEIPTS),
    )
    strange = button(
        words.plain("button-admin-strange", count=overview.strange_payments),
        StaffGo(to=StaffScreen.STRANGE),
    )
    figures: Row = []
    if may(role, Right.FIGURES):
        figures.append(button(words.plain("button-admin-margins"), MarginsPage(stretch=Stretch.DAY, page=0)))
        figures.append(button(words.plain("button-admin-books"), StaffGo(to=StaffScreen.BOOKS)))
    lost: Row = [
        button(
            words.plain("button-admin-dead", count=overview.dead_events + overview.failed_jobs),
            DeadPage(page=0),
        )
    ]
    if may(role, Right.MONEY):
        lost.append(button(words.plain("button-admin-refund-all"), RefundAllTap(hours=1)))
    find = button(words.plain("button-admin-find"), StaffGo(to=StaffScreen.FIND))
    log = button(words.plain("button-admin-log"), LogPage(before=0))
    last: Row = []
    if may(role, Right.RATES):
        last.append(button(words.plain("button-admin-rates"), StaffGo(to=StaffScreen.RATES)))
    if may(role, Right.STAFF):
        last.append(button(words.plain("button-admin-crew"), StaffGo(to=StaffScreen.CREW)))
    models = button(words.plain("button-admin-models"), StaffGo(to=StaffScreen.MODELS))
    refresh = button(words.plain("button-admin-refresh"), StaffGo(to=StaffScreen.OVERVIEW))
    return keyboard(
        [[receipts, strange], lost, [find, log], figures, [*last, models], [refresh, to_menu(words)]]
    )


def log_keyboard(
    words: Words, shown: Sequence[LogEntry], *, has_more: bool, is_first: bool
) -> InlineKeyboardMarkup:
    """Newer and older acts, and the way back."""
    arrows: Row = []
    if not is_first:
        arrows.append(button(words.plain("button-newest"), LogPage(before=0)))
    if has_more:
        arrows.append(button(words.plain("button-older"), LogPage(before=shown[-1].id)))
    return keyboard([arrows, to_overview(words)])


def to_overview(words: Words) -> Row:
    """Back to the staff's first screen."""
    return [button(words.plain("button-admin-back"), StaffGo(to=StaffScreen.OVERVIEW))]


def back_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Nothing but the way back."""
    return keyboard([to_overview(words)])
