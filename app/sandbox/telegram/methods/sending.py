"""sendMessage and what sends media, albums and copies."""

import secrets
from collections.abc import Sequence

from aiogram.methods import (
    CopyMessage,
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
)
from aiogram.types import InputFile, InputMedia, Message, MessageId

from app.sandbox.telegram.errors import BadRequestError, ViolationError
from app.sandbox.telegram.files import Details, Media, check_thumbnail, content, media_of
from app.sandbox.telegram.methods.post import draft, post
from app.sandbox.telegram.params import Upload
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.text import caption_text, message_text

SendsMedia = SendPhoto | SendVideo | SendAudio | SendVoice | SendDocument | SendAnimation
WANTED = {
    SendPhoto: "photo",
    SendVideo: "video",
    SendAudio: "audio",
    SendVoice: "voice",
    SendDocument: "document",
    SendAnimation: "animation",
}
ALBUM = ("photo", "video", "audio", "document")


def send_message(standin: StandIn, call: SendMessage) -> Message:
    message = draft(standin, call)
    formatted = message_text(call.text, call.parse_mode, call.entities)
    body = {"text": formatted.text, "entities": formatted.entities or None}
    return post(standin, message.model_copy(update=body), call.reply_markup)


def send_media(standin: StandIn, call: SendsMedia) -> Message:
    """All six of them: only the name of the file's parameter differs."""
    wanted = WANTED[type(call)]
    message = draft(standin, call)
    formatted = caption_text(call.caption, call.parse_mode, call.caption_entities)
    kind, media = resolve(standin, getattr(call, wanted), wanted, details_of(call))
    body = {
        **content(kind, media),
        "caption": formatted.text or None,
        "caption_entities": formatted.entities or None,
        "has_media_spoiler": getattr(call, "has_spoiler", None) or None,
        "show_caption_above_media": getattr(call, "show_caption_above_media", None) is True or None,
    }
    return post(standin, message.model_copy(update=body), call.reply_markup)


def send_media_group(standin: StandIn, call: SendMediaGroup) -> list[Message]:
    kinds = {str(item.type) for item in call.media}
    if not 2 <= len(call.media) <= 10:
        raise BadRequestError("there must be 2-10 messages to send as an album")
    if not kinds <= set(ALBUM):
        raise BadRequestError("wrong type of media in an album")
    if len(kinds) > 1 and kinds & {"audio", "document"}:
        mixed = "audio" if "audio" in kinds else "documents"
        raise BadRequestError(f"{mixed} can't be mixed with other media types")
    message = draft(standin, call)
    group = str(10**16 + secrets.randbelow(9 * 10**16))
    bodies = [media_body(standin, item) for item in call.media]
    return [
        post(standin, message.model_copy(update={**body, "media_group_id": group}), None) for body in bodies
    ]


def media_body(standin: StandIn, item: InputMedia) -> dict[str, object]:
    """The fields of a message for one InputMedia…; the ones of other media are None, for edits."""
    wanted = str(getattr(item, "type", ""))
    formatted = caption_text(
        getattr(item, "caption", None),
        getattr(item, "parse_mode", None),
        getattr(item, "caption_entities", None),
    )
    kind, media = resolve(standin, getattr(item, "media", ""), wanted, details_of(item))
    return {
        **dict.fromkeys(("photo", "video", "audio", "voice", "document", "animation")),
        **content(kind, media),
        "caption": formatted.text or None,
        "caption_entities": formatted.entities or None,
        "has_media_spoiler": getattr(item, "has_spoiler", None) or None,
        "show_caption_above_media": getattr(item, "show_caption_above_media", None) is True or None,
    }


def resolve(standin: StandIn, source: str | InputFile, wanted: str, details: Details) -> tuple[str, Media]:
    """An upload is taken in, a file id is looked up, an address is refused."""
    if isinstance(source, Upload):
        return standin.files.take(source.arrived, wanted, details)
    if not isinstance(source, str):
        raise BadRequestError(f"there is no {wanted} in the request")
    if source.startswith(("http://", "https://")):
        raise ViolationError("media by URL: the sandbox has no internet; upload the bytes")
    return standin.files.by_id(source, wanted)


def details_of(source: SendsMedia | InputMedia) -> Details:
    """What the bot says about its file; its thumbnail has to be one."""
    thumbnail = getattr(source, "thumbnail", None)
    if isinstance(thumbnail, Upload):
        check_thumbnail(thumbnail.arrived)
    return Details(**{name: getattr(source, name, None) for name in Details.__dataclass_fields__})


def copy_message(standin: StandIn, call: CopyMessage) -> MessageId:
    posted = standin.messages.find(standin.people.known(call.from_chat_id).id, call.message_id)
    if posted is None:
        raise BadRequestError("message to copy not found")
    if posted.service or posted.message.invoice is not None:
        raise BadRequestError("message can't be copied")
    message = draft(standin, call)
    copied: dict[str, object] = {
        name: getattr(posted.message, name)
        for name in ("text", "entities", "photo", "video", "audio", "voice", "document", "animation")
    }
    copied |= _copied_caption(posted.message, call)
    sent = post(standin, message.model_copy(update=copied), call.reply_markup)
    return MessageId(message_id=sent.message_id)


def _copied_caption(source: Message, call: CopyMessage) -> dict[str, object]:
    if call.caption is None or media_of(source) is None:
        return {"caption": source.caption, "caption_entities": source.caption_entities}
    formatted = caption_text(call.caption, call.parse_mode, call.caption_entities)
    return {"caption": formatted.text or None, "caption_entities": formatted.entities or None}


def unique_ids(media: Media) -> Sequence[str]:
    """What makes two files the same to Telegram, whatever their file ids are."""
    return [size.file_unique_id for size in media] if isinstance(media, list) else [media.file_unique_id]
