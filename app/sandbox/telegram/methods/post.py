"""What all methods that send have in common: where to, in reply to what, with which keyboard."""

from typing import Protocol

from aiogram.types import InlineKeyboardMarkup, Message, ReplyMarkupUnion, ReplyParameters

from app.sandbox.telegram.errors import BadRequestError
from app.sandbox.telegram.keyboards import OwnKeyboard, check_inline, check_own
from app.sandbox.telegram.standin import StandIn


class Addressed(Protocol):
    """A method that goes to a chat, maybe as a reply."""

    @property
    def chat_id(self) -> int | str: ...

    @property
    def reply_parameters(self) -> ReplyParameters | None: ...


def draft(standin: StandIn, call: Addressed) -> Message:
    """An empty message of the bot in the right chat; raises when the chat cannot be written to."""
    chat = standin.people.reachable(call.chat_id)
    return Message(
        message_id=0,
        date=standin.clock.now(),
        chat=chat,
        from_user=standin.profile.user(),
        reply_to_message=replied(standin, chat.id, call.reply_parameters),
    )


def replied(standin: StandIn, chat_id: int, reply: ReplyParameters | None) -> Message | None:
    """The message that is replied to, without what it replied to itself."""
    if reply is None or reply.message_id is None:
        return None
    posted = standin.messages.find(chat_id, reply.message_id)
    if posted is not None:
        return posted.message.model_copy(update={"reply_to_message": None})
    if reply.allow_sending_without_reply is True:
        return None
    raise BadRequestError("message to be replied not found")


def post(standin: StandIn, message: Message, markup: ReplyMarkupUnion | None) -> Message:
    """Sends the draft with its keyboard, inline or of the person's own."""
    if markup is None or isinstance(markup, InlineKeyboardMarkup):
        inline = check_inline(markup)
        return standin.messages.post(message.model_copy(update={"reply_markup": inline}), by_bot=True)
    own: OwnKeyboard = check_own(markup)
    return standin.messages.post(message, by_bot=True, keyboard=own)
