"""The buttons of a person's own link."""

from urllib.parse import urlencode

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, link, to_menu
from bot.texts import Words

SHARE = "https://t.me/share/url"
"""Where Telegram lets one choose whom to send an address to."""


def invite_keyboard(words: Words, address: str) -> InlineKeyboardMarkup:
    """To share the link, to copy it, what else is free, home."""
    wish = urlencode({"url": address, "text": words.plain("invite-message")})
    copy = InlineKeyboardButton(
        text=words.plain("button-invite-copy"), copy_text=CopyTextButton(text=address)
    )
    return keyboard(
        [
            [link(words.plain("button-invite-share"), f"{SHARE}?{wish}")],
            [copy],
            [button(words.plain("button-help-free"), Go(to=Target.HELP_FREE))],
            [to_menu(words)],
        ]
    )
