"""What needs an operator's hand."""

from dataclasses import replace
from types import MappingProxyType

from app.admin import Alert, AlertKind, Cause
from bot.keyboards.alerts import alert_keyboard, link_keyboard
from bot.texts import Markup, Words, shortened
from bot.view import View
from bot.views.admin_dead import work_name

SHOWN = 5
"""Causes that a message names; the screen has them all."""

LONGEST_DETAIL = 200

TITLE_KEYS = MappingProxyType(
    {
        AlertKind.BOOKS_BROKEN: "alert-books-broken",
        AlertKind.CHARGED_BACK: "alert-charged-back",
        AlertKind.REFUND_REFUSED: "alert-refund-refused",
        AlertKind.STRANGE_PAYMENT: "alert-strange-payment",
        AlertKind.RECEIPT_LATE: "alert-receipt-late",
        AlertKind.ACCOUNT_REFUSED: "alert-account-refused",
        AlertKind.ACCOUNT_BACK: "alert-account-back",
        AlertKind.DEAD_WORK: "alert-dead-work",
    }
)

ALONE = frozenset({AlertKind.BOOKS_BROKEN, AlertKind.ACCOUNT_REFUSED, AlertKind.ACCOUNT_BACK})
"""The kinds of which there is one cause at a time."""


def alert_view(words: Words, alert: Alert) -> View:
    """All new causes of one kind in one message."""
    shown = alert.causes[:SHOWN]
    if alert.kind in ALONE:
        text = words(
            TITLE_KEYS[alert.kind],
            count=shown[0].subject,
            detail=shortened(shown[0].detail, LONGEST_DETAIL),
        )
        return View(text, alert_keyboard(words, alert.kind, shown))
    line = _work_line if alert.kind is AlertKind.DEAD_WORK else _line
    lines = [words(TITLE_KEYS[alert.kind], count=len(alert.causes)), *(line(words, it) for it in shown)]
    more = len(alert.causes) - len(shown)
    if more > 0:
        lines.append(words("alert-more", count=more))
    return View(Markup("\n".join(lines)), alert_keyboard(words, alert.kind, shown))


def linked(words: Words, view: View, url: str) -> View:
    """The same with one link in place of its buttons."""
    return replace(view, keyboard=link_keyboard(words, url))


def _work_line(words: Words, cause: Cause) -> Markup:
    return words("alert-work-line", work=work_name(words, cause.detail), number=str(cause.subject))


def _line(words: Words, cause: Cause) -> Markup:
    return words(
        "alert-line",
        number=str(cause.subject),
        amount=words.money(cause.amount),
        person="—" if cause.user_id is None else str(cause.user_id),
        detail=shortened(cause.detail, LONGEST_DETAIL),
    )
