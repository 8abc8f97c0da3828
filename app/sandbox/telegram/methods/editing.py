"""Editing and deleting what is in a chat already."""

from collections.abc import Mapping

from aiogram.methods import (
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    PinChatMessage,
    SetMessageReaction,
    UnpinAllChatMessages,
    UnpinChatMessage,
)
from aiogram.types import Message, ReactionTypeEmoji

from app.sandbox.telegram.errors import BadRequestError
from app.sandbox.telegram.files import media_of
from app.sandbox.telegram.keyboards import check_inline
from app.sandbox.telegram.messages import Posted
from app.sandbox.telegram.methods.sending import media_body, unique_ids
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.text import caption_text, message_text
from app.sandbox.telegram.wire import to_json

Edits = EditMessageText | EditMessageCaption | EditMessageMedia | EditMessageReplyMarkup
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup"
    " are exactly the same as a current content and reply markup of the message"
)
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)


def edit_message_text(standin: StandIn, call: EditMessageText) -> Message:
    posted = _editable(standin, call)
    if posted.message.text is None:
        raise BadRequestError("there is no text in the message to edit")
    formatted = message_text(call.text or "", call.parse_mode, call.entities, too_long="MESSAGE_TOO_LONG")
    return _edit(standin, posted, call, {"text": formatted.text, "entities": formatted.entities or None})


def edit_message_caption(standin: StandIn, call: EditMessageCaption) -> Message:
    posted = _editable(standin, call)
    if media_of(posted.message) is None:
        raise BadRequestError("there is no caption in the message to edit")
    formatted = caption_text(call.caption, call.parse_mode, call.caption_entities)
    body = {"caption": formatted.text or None, "caption_entities": formatted.entities or None}
    return _edit(standin, posted, call, body)


def edit_message_media(standin: StandIn, call: EditMessageMedia) -> Message:
    """A text may become media, never the other way round; media of an album may not change their sort here."""
    posted = _editable(standin, call)
    if posted.message.invoice is not None:
        raise BadRequestError("message can't be edited")
    body = {"text": None, "entities": None, **media_body(standin, call.media)}
    return _edit(standin, posted, call, body)


def edit_message_reply_markup(standin: StandIn, call: EditMessageReplyMarkup) -> Message:
    return _edit(standin, _editable(standin, call), call, {})


def delete_message(standin: StandIn, call: DeleteMessage) -> bool:
    chat = standin.people.known(call.chat_id)
    posted = standin.messages.find(chat.id, call.message_id)
    if posted is None:
        raise BadRequestError("message to delete not found")
    if standin.messages.is_old(posted):
        raise BadRequestError("message can't be deleted for everyone")
    standin.messages.delete(chat.id, [call.message_id])
    return True


def delete_messages(standin: StandIn, call: DeleteMessages) -> bool:
    """Those that are not found are skipped, as Telegram does."""
    if not 1 <= len(call.message_ids) <= 100:
        raise BadRequestError("there must be 1-100 message identifiers")
    chat = standin.people.known(call.chat_id)
    found = [posted for number in call.message_ids if (posted := standin.messages.find(chat.id, number))]
    if any(standin.messages.is_old(posted) for posted in found):
        raise BadRequestError("message can't be deleted for everyone")
    standin.messages.delete(chat.id, [posted.message.message_id for posted in found])
    return True


def pin_chat_message(standin: StandIn, call: PinChatMessage) -> bool:
    chat = standin.people.reachable(call.chat_id)
    if standin.messages.find(chat.id, call.message_id) is None:
        raise BadRequestError("message to pin not found")
    _pin(standin, chat.id, call.message_id)
    return True


def unpin_chat_message(standin: StandIn, call: UnpinChatMessage | UnpinAllChatMessages) -> bool:
    _pin(standin, standin.people.reachable(call.chat_id).id, None)
    return True


def set_message_reaction(standin: StandIn, call: SetMessageReaction) -> bool:
    chat = standin.people.reachable(call.chat_id)
    if standin.messages.find(chat.id, call.message_id) is None:
        raise BadRequestError("message to react not found")
    reactions = call.reaction or []
    if len(reactions) > 1:
        raise BadRequestError("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, ReactionTypeEmoji) or reaction.emoji.rstrip("\ufe0f") not in REACTIONS:
            raise BadRequestError("REACTION_INVALID")
    standin.messages.react(chat.id, call.message_id, to_json(reactions))
    return True


def _pin(standin: StandIn, chat_id: int, message_id: int | None) -> None:
    standin.store.run("UPDATE chats SET pinned = ? WHERE id = ?", message_id, chat_id)
    standin.changes.record("pinned", chat_id, {"message_id": message_id})


def _editable(standin: StandIn, call: Edits) -> Posted:
    if call.inline_message_id is not None:
        raise BadRequestError("MESSAGE_ID_INVALID")
    if call.chat_id is None or call.message_id is None:
        raise BadRequestError("message identifier is not specified")
    chat = standin.people.reachable(call.chat_id)
    posted = standin.messages.find(chat.id, call.message_id)
    if posted is None:
        raise BadRequestError("message to edit not found")
    if not posted.by_bot or posted.service or posted.has_own_keyboard:
        raise BadRequestError("message can't be edited")
    return posted


def _edit(standin: StandIn, posted: Posted, call: Edits, body: Mapping[str, object]) -> Message:
    before = posted.message
    markup = check_inline(call.reply_markup, invoice=before.invoice is not None)
    after = before.model_copy(update={**body, "reply_markup": markup})
    if _essence(after) == _essence(before):
        raise BadRequestError(NOT_MODIFIED)
    return standin.messages.replace(after)


def _essence(message: Message) -> tuple[object, ...]:
    """All that counts when Telegram asks itself whether an edit changes anything."""
    media = media_of(message)
    return (
        message.text,
        to_json(message.entities),
        message.caption,
        to_json(message.caption_entities),
        to_json(message.reply_markup),
        (media[0], unique_ids(media[1])) if media else None,
    )
