"""The methods of the Bot API that the sandbox knows: one table, one function each.

A function gets the stand-in and aiogram's own validated method object, runs inside one transaction, and answers
with aiogram's types or raises RefusedError. Only getUpdates waits, so it alone is a coroutine.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiogram import methods as api
from aiogram.methods import TelegramMethod

from app.sandbox.telegram.methods import bot, chats, editing, receiving, sending, stars
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.wire import Answer

__all__ = ["METHODS", "Method", "known_to_telegram"]

Call = TypeVar("Call", bound=TelegramMethod[Any])


@dataclass(frozen=True)
class Method:
    """Telegram's name for it, aiogram's definition of its parameters, and what it does."""

    name: str
    model: type[TelegramMethod[Any]]
    run: Callable[[StandIn, TelegramMethod[Any]], Answer | Awaitable[Answer]]


def _method(
    model: type[Call], function: Callable[[StandIn, Call], Answer | Awaitable[Answer]]
) -> tuple[str, Method]:
    def run(standin: StandIn, call: TelegramMethod[Any]) -> Answer | Awaitable[Answer]:
        if not isinstance(call, model):
            raise TypeError(f"{type(call).__name__} is not {model.__name__}")
        return function(standin, call)

    name = model.__api_method__
    return name.lower(), Method(name, model, run)


METHODS: dict[str, Method] = dict(
    (
        _method(api.GetMe, bot.get_me),
        _method(api.SetMyCommands, bot.set_my_commands),
        _method(api.GetMyCommands, bot.get_my_commands),
        _method(api.DeleteMyCommands, bot.delete_my_commands),
        _method(api.SetMyName, bot.set_my_name),
        _method(api.GetMyName, bot.get_my_name),
        _method(api.SetMyDescription, bot.set_my_description),
        _method(api.GetMyDescription, bot.get_my_description),
        _method(api.SetMyShortDescription, bot.set_my_short_description),
        _method(api.GetMyShortDescription, bot.get_my_short_description),
        _method(api.SetChatMenuButton, bot.set_chat_menu_button),
        _method(api.GetChatMenuButton, bot.get_chat_menu_button),
        _method(api.SetWebhook, receiving.set_webhook),
        _method(api.DeleteWebhook, receiving.delete_webhook),
        _method(api.GetWebhookInfo, receiving.get_webhook_info),
        _method(api.GetUpdates, receiving.get_updates),
        _method(api.SendMessage, sending.send_message),
        _method(api.SendPhoto, sending.send_media),
        _method(api.SendVideo, sending.send_media),
        _method(api.SendAudio, sending.send_media),
        _method(api.SendVoice, sending.send_media),
        _method(api.SendDocument, sending.send_media),
        _method(api.SendAnimation, sending.send_media),
        _method(api.SendMediaGroup, sending.send_media_group),
        _method(api.CopyMessage, sending.copy_message),
        _method(api.EditMessageText, editing.edit_message_text),
        _method(api.EditMessageCaption, editing.edit_message_caption),
        _method(api.EditMessageMedia, editing.edit_message_media),
        _method(api.EditMessageReplyMarkup, editing.edit_message_reply_markup),
        _method(api.DeleteMessage, editing.delete_message),
        _method(api.DeleteMessages, editing.delete_messages),
        _method(api.PinChatMessage, editing.pin_chat_message),
        _method(api.UnpinChatMessage, editing.unpin_chat_message),
        _method(api.UnpinAllChatMessages, editing.unpin_chat_message),
        _method(api.SetMessageReaction, editing.set_message_reaction),
        _method(api.AnswerCallbackQuery, chats.answer_callback_query),
        _method(api.AnswerInlineQuery, chats.answer_inline_query),
        _method(api.SendChatAction, chats.send_chat_action),
        _method(api.GetFile, chats.get_file),
        _method(api.GetChat, chats.get_chat),
        _method(api.GetChatMember, chats.get_chat_member),
        _method(api.SendInvoice, stars.send_invoice),
        _method(api.CreateInvoiceLink, stars.create_invoice_link),
        _method(api.AnswerPreCheckoutQuery, stars.answer_pre_checkout_query),
        _method(api.RefundStarPayment, stars.refund_star_payment),
        _method(api.EditUserStarSubscription, stars.edit_user_star_subscription),
        _method(api.GetStarTransactions, stars.get_star_transactions),
        _method(api.GetMyStarBalance, stars.get_my_star_balance),
    )
)


def known_to_telegram(name: str) -> bool:
    """True for a method of the Bot API, whether the sandbox knows it or not."""
    return name.lower() in {each.lower() for each in api.__all__}
