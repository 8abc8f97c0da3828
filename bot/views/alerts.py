"""What needs an operator's hand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.admin import Alert, AlertKind, Cause, MarketDetail
from app.generation import Change
from app.money import Kopecks
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
        AlertKind.MODEL_OFF_SALE: "alert-model-off-sale",
        AlertKind.MODEL_SOLD_AGAIN: "alert-model-sold-again",
        AlertKind.FORGED: "alert-forged",
        AlertKind.MARKET_CHANGED: "alert-market-changed",
    }
)

ALONE = frozenset(
    {AlertKind.BOOKS_BROKEN, AlertKind.ACCOUNT_REFUSED, AlertKind.ACCOUNT_BACK, AlertKind.FORGED}
)
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
    line = LINES.get(alert.kind, _line)
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


def _market_line(words: Words, cause: Cause) -> Markup:
    found = MarketDetail.of(cause.detail)
    before, after = found.before, found.after
    if found.change == "cost":
        before, after = (words.money(Kopecks(int(it))) for it in (before, after))
    return words(
        "alert-market-line",
        model=shortened(found.name, LONGEST_DETAIL),
        what=shortened(found.what, LONGEST_DETAIL),
        change=words.plain(MARKET_KEYS[found.change], before=before, after=shortened(after, LONGEST_DETAIL)),
    )


def _line(words: Words, cause: Cause) -> Markup:
    return words(
        "alert-line",
        number=str(cause.subject),
        amount=words.money(cause.amount),
        person="—" if cause.user_id is None else str(cause.user_id),
        detail=shortened(cause.detail, LONGEST_DETAIL),
    )


MARKET_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "cost": "market-cost",
        "sold": "market-sold",
        Change.NEW_MODEL: "market-new-model",
        Change.GONE: "market-gone",
        Change.PRICE: "market-price",
        Change.PRICE_UNREAD: "market-price-unread",
        Change.NEW_INPUT: "market-new-input",
        Change.INPUT_GONE: "market-input-gone",
        Change.INPUT_REQUIRED: "market-input-required",
        Change.NEW_CHOICE: "market-new-choice",
        Change.CHOICE_GONE: "market-choice-gone",
        Change.LIMIT: "market-limit",
    }
)

LINES: Mapping[AlertKind, Callable[[Words, Cause], Markup]] = MappingProxyType(
    {
        AlertKind.DEAD_WORK: _work_line,
        AlertKind.MODEL_OFF_SALE: _market_line,
        AlertKind.MODEL_SOLD_AGAIN: _market_line,
        AlertKind.MARKET_CHANGED: _market_line,
    }
)
