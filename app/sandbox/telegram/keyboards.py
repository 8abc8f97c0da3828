"""What Telegram accepts as a keyboard, and its words for what it does not."""

from urllib.parse import urlsplit

from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from app.sandbox.telegram.errors import BadRequestError, ViolationError

MOST_BUTTONS = 100
MOST_IN_ROW = 8
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
STYLES = (None, "primary", "success", "danger")
OwnKeyboard = ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


def check_inline(
    markup: InlineKeyboardMarkup | None, *, invoice: bool = False
) -> InlineKeyboardMarkup | None:
    """The keyboard as the message keeps it: an empty one is none. `invoice`: it may and must begin with Pay."""
    if markup is None:
        return None
    rows = [row for row in markup.inline_keyboard if row]
    _check_size(rows)
    for row in rows:
        for button in row:
            _check_inline_button(button)
    _check_pay(rows, invoice=invoice)
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def check_own(markup: OwnKeyboard) -> OwnKeyboard:
    """A reply keyboard, its removal or a forced reply."""
    if isinstance(markup, ReplyKeyboardMarkup):
        rows = [row for row in markup.keyboard if row]
        if not rows:
            raise BadRequestError("reply keyboard is empty")
        _check_size(rows)
        for row in rows:
            for button in row:
                _check_text(button)
    placeholder = getattr(markup, "input_field_placeholder", None)
    if placeholder is not None and not 1 <= len(placeholder) <= 64:
        raise BadRequestError("input field placeholder must be 1-64 characters long")
    return markup


def _check_size(rows: list[list[InlineKeyboardButton]] | list[list[KeyboardButton]]) -> None:
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise BadRequestError("REPLY_MARKUP_TOO_LONG")
    if any(len(row) > MOST_IN_ROW for row in rows):
        raise ViolationError(f"a row of a keyboard has more than {MOST_IN_ROW} buttons")


def _check_text(button: InlineKeyboardButton | KeyboardButton) -> None:
    if not button.text.strip():
        raise BadRequestError("keyboard button text must be non-empty")
    if button.style not in STYLES:
        raise BadRequestError("can't parse keyboard button: invalid button style specified")


def _check_inline_button(button: InlineKeyboardButton) -> None:
    _check_text(button)
    if button.callback_data is not None and not 1 <= len(button.callback_data.encode()) <= 64:
        raise BadRequestError("BUTTON_DATA_INVALID")
    chosen = [name for name in ACTIONS if getattr(button, name) not in (None, False)]
    if not chosen:
        raise BadRequestError(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(chosen) > 1:
        raise ViolationError(f"a button has more than one action: {', '.join(chosen)}")
    if button.url is not None:
        _check_url(button.url)
    if button.copy_text is not None and not 1 <= len(button.copy_text.text) <= 256:
        raise BadRequestError("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg", "ton"}:
        raise BadRequestError(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = parts.hostname or ""
    if parts.scheme.startswith("http") and "." not in host and ":" not in host:
        raise BadRequestError(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_pay(rows: list[list[InlineKeyboardButton]], *, invoice: bool) -> None:
    paying = [(y, x) for y, row in enumerate(rows) for x, button in enumerate(row) if button.pay]
    if rows and invoice and paying != [(0, 0)]:
        raise BadRequestError("the first button of an invoice message must be a Pay button")
    if paying and not invoice:
        raise BadRequestError("BUTTON_TYPE_INVALID")
