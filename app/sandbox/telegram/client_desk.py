"""What a test sees and sets beside the chats: people, logs, faults, Stars, time. Documented in `client_api`."""

import asyncio
import json
from typing import Literal

from aiogram.types import ChatMemberBanned, ChatMemberMember, ChatMemberUpdated
from pydantic import Field, JsonValue

from app.sandbox.telegram.asking import Asked, Body
from app.sandbox.telegram.errors import ImpossibleError
from app.sandbox.telegram.faults import OF_CALLS, Fault, FaultKind
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.wire import Answer, to_json

LONGEST_POLL_SECONDS = 60


class NewPerson(Body):
    first_name: str = Field(min_length=1, max_length=64)
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    id: int | None = None


class NewGroup(Body):
    title: str
    type: Literal["group", "supergroup"] = "group"
    members: list[int]


class Block(Body):
    blocked: bool = False
    deactivated: bool = False


class StarsGift(Body):
    amount: int


class Refund(Body):
    charge: str
    told: bool = True


class Renewal(Body):
    canceled: bool


class NewFault(Body):
    kind: FaultKind
    method: str | None = None
    update: str | None = None
    chat: int | None = None
    times: int = Field(default=1, ge=1)
    retry_after: int = Field(default=1, ge=0)


class RawUpdate(Body):
    update: dict[str, JsonValue]
    queue: str = "raw"


class Advance(Body):
    advance: float


class InlineQuestion(Body):
    person: int
    query: str = ""


def add_person(asked: Asked) -> Answer:
    body = asked.read(NewPerson)
    person = asked.standin.people.add(
        first_name=body.first_name,
        last_name=body.last_name,
        username=body.username,
        language=body.language_code,
        number=body.id,
    )
    return {"id": person.id}


def list_people(asked: Asked) -> Answer:
    return [_shown(person) for person in asked.standin.people.everyone()]


def block(asked: Asked) -> Answer:
    """The bot hears of it by my_chat_member, if it asked for that."""
    body, people = asked.read(Block), asked.standin.people
    person = people.person(asked.number("person"))
    status = "deactivated" if body.deactivated else "blocked" if body.blocked else "active"
    people.set_status(person.id, status)
    states = [_bot_as_member(asked, before) for before in (person.status, status)]
    if person.status == status or not person.started or "deactivated" in {person.status, status}:
        return {"status": status, "update_id": None}
    body_of_update = ChatMemberUpdated(
        chat=people.chat(person.id),
        from_user=person.user(),
        date=asked.standin.clock.now(),
        old_chat_member=states[0],
        new_chat_member=states[1],
    )
    number = asked.standin.updates.enqueue("my_chat_member", f"chat:{person.id}", body_of_update)
    return {"status": status, "update_id": number}


def give_stars(asked: Asked) -> Answer:
    number = asked.number("person")
    asked.standin.people.add_stars(number, asked.read(StarsGift).amount)
    return {"stars": asked.standin.people.person(number).stars}


def add_group(asked: Asked) -> Answer:
    body = asked.read(NewGroup)
    return {"id": asked.standin.people.add_group(title=body.title, kind=body.type, members=body.members).id}


def show_chat(asked: Asked) -> Answer:
    standin = asked.standin
    chat = standin.people.chat(asked.number("chat"))
    row = standin.store.row("SELECT pinned, keyboard FROM chats WHERE id = ?", chat.id)
    shown = json.loads(row["keyboard"]) if row is not None and row["keyboard"] else None
    return {
        "chat": chat,
        "keyboard": None if shown and shown.get("remove_keyboard") else shown,
        "pinned": row["pinned"] if row is not None else None,
        "menu_button": _first_known(asked, f"menu_button:{chat.id}", "menu_button:"),
        "last_change": standin.changes.last(),
    }


def show_bot(asked: Asked) -> Answer:
    """Everything the bot set about itself, by key."""
    rows = asked.standin.store.rows("SELECT name, value FROM meta WHERE name LIKE 'profile:%' ORDER BY name")
    settings = {row["name"].removeprefix("profile:"): json.loads(row["value"]) for row in rows}
    webhook = asked.standin.updates.webhook()
    return {
        "user": asked.standin.profile.me(),
        "settings": settings,
        "webhook": {"url": webhook.url, "allowed": list(webhook.allowed), "error": webhook.error},
        "attended": asked.standin.updates.is_attended,
    }


def callbacks(asked: Asked) -> Answer:
    return asked.standin.queries.callbacks()


def callback(asked: Asked) -> Answer:
    return asked.standin.queries.callback(asked.names["query"])


def payment(asked: Asked) -> Answer:
    asked.standin.payments.expire()
    return asked.standin.payments.checkout(asked.names["query"])


def ask_inline(asked: Asked) -> Answer:
    body = asked.read(InlineQuestion)
    query, update = asked.standin.queries.ask_inline(asked.standin.people.person(body.person), body.query)
    return {"inline_query_id": query, "update_id": update}


def inline(asked: Asked) -> Answer:
    return asked.standin.queries.inline(asked.names["query"])


async def changes(asked: Asked) -> Answer:
    """Long poll: answers at once when something is newer than `after`, else within `timeout` seconds."""
    after, chat = asked.query("after", 0), asked.query("chat", 0) or None
    loop = asyncio.get_running_loop()
    deadline = loop.time() + min(asked.query("timeout", 0), LONGEST_POLL_SECONDS)
    while not (found := asked.standin.changes.after(after, chat_id=chat)):
        left = deadline - loop.time()
        if left <= 0 or asked.standin.closing.is_set():
            break
        await asked.standin.changes.wait(left)
    return found


def stars(asked: Asked) -> Answer:
    payments = asked.standin.payments
    return {
        "balance": payments.balance(),
        "transactions": to_json(payments.transactions(offset=0, limit=1_000_000)),
        "people": {str(person.id): person.stars for person in asked.standin.people.everyone()},
    }


def refund(asked: Asked) -> Answer:
    """A refund made outside of the bot; not `told` it shows only in the list of transactions."""
    body = asked.read(Refund)
    asked.standin.payments.refund(body.charge, told=body.told)
    return {}


def subscriptions(asked: Asked) -> Answer:
    person = asked.standin.people.person(asked.number("person"))
    return asked.standin.subscriptions.listed(person)


def edit_subscription(asked: Asked) -> Answer:
    """As the person's own client does it: the bot is told."""
    person = asked.standin.people.person(asked.number("person"))
    update = asked.standin.subscriptions.edit_by_person(
        person, asked.names["charge"], canceled=asked.read(Renewal).canceled
    )
    return {"update_id": update}


def violations(asked: Asked) -> Answer:
    return asked.standin.journal.violations()


def forgive(asked: Asked) -> Answer:
    asked.standin.journal.forgive()
    return {}


def calls(asked: Asked) -> Answer:
    return asked.standin.journal.calls(
        method=asked.request.query.get("method"), after=asked.query("after", 0)
    )


def updates(asked: Asked) -> Answer:
    return asked.standin.updates.log(after=asked.query("after", 0))


def send_raw(asked: Asked) -> Answer:
    body = asked.read(RawUpdate)
    kind = next((name for name in body.update if name != "update_id"), "message")
    return {"update_id": asked.standin.updates.enqueue_raw(kind, body.queue, body.update)}


def redeliver(asked: Asked) -> Answer:
    if not asked.standin.updates.again(asked.number("update")):
        raise ImpossibleError(404, "there is no such update")
    return {}


def add_fault(asked: Asked) -> Answer:
    body = asked.read(NewFault)
    if (body.kind in OF_CALLS) == (body.update is not None) and body.update is not None:
        raise ImpossibleError(400, f"{body.kind} strikes calls, not updates: name a method")
    if body.kind not in OF_CALLS and (body.method is not None or body.chat is not None):
        raise ImpossibleError(400, f"{body.kind} strikes updates, not calls: name an update")
    fault = Fault(
        kind=body.kind,
        method=body.method,
        update_kind=body.update,
        times=body.times,
        retry_after=body.retry_after,
        chat_id=body.chat,
    )
    return {"id": asked.standin.faults.add(fault)}


def faults(asked: Asked) -> Answer:
    return asked.standin.faults.listed()


def clear_faults(asked: Asked) -> Answer:
    asked.standin.faults.clear()
    return {}


def advance(asked: Asked) -> Answer:
    asked.standin.clock.advance(asked.read(Advance).advance)
    return {"now": asked.standin.clock.seconds()}


def reset(asked: Asked) -> Answer:
    asked.standin.store.forget()
    asked.standin.clock.reset()
    asked.standin.delivery.webhook_changed()
    return {}


def _shown(person: Person) -> Answer:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "stars": person.stars,
        "status": person.status,
        "started": person.started,
    }


def _bot_as_member(asked: Asked, status: str) -> ChatMemberMember | ChatMemberBanned:
    bot = asked.standin.profile.user()
    if status == "active":
        return ChatMemberMember(user=bot)
    return ChatMemberBanned(user=bot, until_date=asked.standin.clock.now().replace(year=1970, month=1, day=1))


def _first_known(asked: Asked, *keys: str) -> JsonValue:
    return next((found for key in keys if (found := asked.standin.profile.read(key)) is not None), None)
