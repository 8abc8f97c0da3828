"""What people do in chats: write, send files, edit, delete, tap, pay. Documented in `client_api`."""

import asyncio
import secrets
from pathlib import Path, PurePath
from typing import Literal

import aiohttp
from aiogram.types import Message
from aiohttp import web
from pydantic import Field, JsonValue, ValidationError

from app.sandbox.telegram.asking import Asked, Body, Page
from app.sandbox.telegram.entities import utf16_length
from app.sandbox.telegram.errors import ImpossibleError
from app.sandbox.telegram.files import Arrived, Details, Media, content
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.probe import probe
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, found_in
from app.sandbox.telegram.wire import Answer, JsonObject, to_object, unknown_names

Kind = Literal["photo", "video", "audio", "voice", "document", "animation"]
KINDS: tuple[Kind, ...] = ("photo", "video", "audio", "voice", "document", "animation")
CAPTION = "caption"


class Attachment(Body):
    """Exactly one of the names, with what POST /files answered or with a file id of this sandbox."""

    photo: str | None = None
    video: str | None = None
    audio: str | None = None
    voice: str | None = None
    document: str | None = None
    animation: str | None = None

    def chosen(self) -> tuple[Kind, str] | None:
        return next(((kind, file) for kind in KINDS if (file := getattr(self, kind)) is not None), None)


class NewMessage(Attachment):
    person: int
    text: str | None = None
    caption: str | None = None
    reply_to: int | None = None
    album: list[Attachment] = Field(default_factory=list)
    content: dict[str, JsonValue] = Field(default_factory=dict)


class EditedMessage(Body):
    person: int
    text: str | None = None
    caption: str | None = None


class Tap(Body):
    person: int
    message_id: int
    data: str | None = None
    text: str | None = None


class PayPress(Body):
    person: int
    message_id: int | None = None
    link: str | None = None
    pay: bool = True


async def upload(asked: Asked) -> Answer:
    """POST files."""
    async for part in await asked.request.multipart():
        if isinstance(part, aiohttp.BodyPartReader) and part.filename is not None:
            token = f"up_{secrets.token_hex(12)}"
            folder = asked.standin.files.incoming / token
            folder.mkdir()
            path = folder / (PurePath(part.filename).name or "file")
            await asyncio.to_thread(path.write_bytes, await part.read())
            return {"file": token}
    raise ImpossibleError(400, "send one file as multipart/form-data")


def download(asked: Asked) -> Page:
    """GET files/{file}: the bytes behind any file id, for the chat page."""
    shelved = asked.standin.files.shelved(asked.names["file"])
    if shelved is None:
        raise ImpossibleError(404, "there is no such file")
    return Page(web.FileResponse(shelved.path, headers={"Content-Type": shelved.mime}))


def list_messages(asked: Asked) -> Answer:
    """GET chats/{chat}/messages."""
    chat = asked.standin.people.chat(asked.number("chat"))
    return asked.standin.messages.seen(chat.id, after=asked.query("after", 0))


async def send(asked: Asked) -> Answer:
    """POST chats/{chat}/messages."""
    body = asked.read(NewMessage)
    person = _writer(asked, body.person)
    chosen = [one for one in (item.chosen() for item in body.album or [body]) if one is not None]
    arrived = [await _arrived(asked.standin, file) for _, file in chosen]
    with asked.standin.store.transaction():
        bodies = [_media(asked.standin, one, file) for one, file in zip(chosen, arrived, strict=True)]
        bodies = _captioned(bodies, body) if bodies else [_words(body)]
        sent = [_post(asked, person, body, each) for each in bodies]
    return {
        "message_id": sent[0][0],
        "update_id": sent[0][1],
        "message_ids": [number for number, _ in sent],
        "update_ids": [number for _, number in sent],
    }


def edit(asked: Asked) -> Answer:
    """PATCH chats/{chat}/messages/{message}."""
    body = asked.read(EditedMessage)
    person = _writer(asked, body.person)
    posted = asked.standin.messages.find(asked.number("chat"), asked.number("message"))
    if posted is None or posted.message.from_user is None or posted.message.from_user.id != person.id:
        raise ImpossibleError(404, "a person can edit only an own message")
    fields = (
        _words(NewMessage(person=body.person, text=body.text))
        if body.text is not None
        else _caption(body.caption)
    )
    message = asked.standin.messages.replace(posted.message.model_copy(update=fields))
    number = asked.standin.updates.enqueue("edited_message", f"chat:{message.chat.id}", message)
    return {"update_id": number}


def delete(asked: Asked) -> Answer:
    """DELETE chats/{chat}/messages/{message}: bots are not told."""
    chat, message = asked.number("chat"), asked.number("message")
    if asked.standin.messages.find(chat, message) is None:
        raise ImpossibleError(404, "there is no such message")
    asked.standin.messages.delete(chat, [message])
    return {}


def tap(asked: Asked) -> Answer:
    """POST chats/{chat}/taps."""
    body = asked.read(Tap)
    chat = asked.number("chat")
    person = asked.standin.people.member(chat, body.person)
    if body.data is not None:
        return _callback(asked.standin, person, chat, body.message_id, body.data)
    posted = asked.standin.messages.find(chat, body.message_id)
    rows = posted.message.reply_markup.inline_keyboard if posted and posted.message.reply_markup else []
    button = next((button for row in rows for button in row if button.text == body.text), None)
    if button is None:
        raise ImpossibleError(404, f"message {body.message_id} has no button {body.text!r}")
    if button.callback_data is not None:
        return _callback(asked.standin, person, chat, body.message_id, button.callback_data)
    if button.pay:
        invoice = asked.standin.payments.invoice_of_message(chat, body.message_id)
        return _begun(*asked.standin.payments.begin(invoice, person, chat))
    return to_object(button)


def pay(asked: Asked) -> Answer:
    """POST chats/{chat}/payments: pay false is a person who closes the window; nothing happens then."""
    body = asked.read(PayPress)
    chat = asked.number("chat")
    person = asked.standin.people.member(chat, body.person)
    payments = asked.standin.payments
    if body.message_id is not None:
        invoice = payments.invoice_of_message(chat, body.message_id)
    else:
        invoice = payments.invoice_of_link(body.link or "")
    return _begun(*payments.begin(invoice, person, chat)) if body.pay else {}


def _begun(query: str, update: int | None) -> Answer:
    return {"pre_checkout_query_id": query, "update_id": update}


def _callback(standin: StandIn, person: Person, chat: int, message: int, data: str) -> Answer:
    query, update = standin.queries.tap(person, chat, message, data)
    return {"callback_query_id": query, "update_id": update}


def _writer(asked: Asked, person_id: int) -> Person:
    person = asked.standin.people.member(asked.number("chat"), person_id)
    if person.status != "active":
        raise ImpossibleError(409, f"person {person_id} cannot write: {person.status}")
    return person


async def _arrived(standin: StandIn, file: str) -> Arrived | str:
    """A file just uploaded, else the file id itself."""
    folder = standin.files.incoming / Path(file).name
    if not file.startswith("up_") or not folder.is_dir():
        return file
    path = next(folder.iterdir())
    facts = await asyncio.to_thread(probe, path)
    return Arrived(path, path.name, path.stat().st_size, facts)


def _media(standin: StandIn, chosen: tuple[Kind, str], file: Arrived | str) -> dict[str, object]:
    kind: str = chosen[0]
    media: Media
    if isinstance(file, str):
        kind, media = standin.files.by_id(file, kind)
    else:
        kind, media = standin.files.take(file, kind, Details())
    return dict(content(kind, media))


def _captioned(bodies: list[dict[str, object]], message: NewMessage) -> list[dict[str, object]]:
    """The caption of an album is the caption of its first part."""
    group = {"media_group_id": str(10**16 + secrets.randbelow(10**16))} if message.album else {}
    bodies[0].update(_caption(message.caption))
    return [{**body, **group} for body in bodies]


def _words(message: NewMessage) -> dict[str, object]:
    if message.content:
        return dict(message.content)
    text = (message.text or "").replace("\0", "").strip()
    if not text or utf16_length(text) > TEXT_LIMIT:
        raise ImpossibleError(
            400, f"a message has 1-{TEXT_LIMIT} characters of text, a file, an album or content"
        )
    return {"text": text, "entities": found_in(text) or None}


def _caption(caption: str | None) -> dict[str, object]:
    text = (caption or "").replace("\0", "").strip()
    if utf16_length(text) > CAPTION_LIMIT:
        raise ImpossibleError(400, f"a caption has at most {CAPTION_LIMIT} characters")
    return {CAPTION: text or None, "caption_entities": found_in(text) or None}


def _post(
    asked: Asked, person: Person, body: NewMessage, fields: dict[str, object]
) -> tuple[int, int | None]:
    standin, chat_id = asked.standin, asked.number("chat")
    replied = standin.messages.find(chat_id, body.reply_to) if body.reply_to is not None else None
    if body.reply_to is not None and replied is None:
        raise ImpossibleError(404, f"there is no message {body.reply_to} to reply to")
    if chat_id == person.id:
        standin.people.start(person.id)
    draft = _draft(
        {
            "message_id": 0,
            "date": int(standin.clock.seconds()),
            "chat": to_object(standin.people.chat(chat_id)),
            "from": to_object(person.user()),
        },
        fields,
    )
    answered = replied.message.model_copy(update={"reply_to_message": None}) if replied else None
    message = standin.messages.post(draft.model_copy(update={"reply_to_message": answered}), by_bot=False)
    return message.message_id, standin.updates.enqueue("message", f"chat:{chat_id}", message)


def _draft(frame: JsonObject, fields: dict[str, object]) -> Message:
    try:
        message = Message.model_validate({**frame, **fields})
    except ValidationError as error:
        raise ImpossibleError(400, str(error)) from error
    if unknown := unknown_names(message):
        raise ImpossibleError(400, f"the Bot API knows no {', '.join(unknown)}")
    return message
