"""The people of the sandbox and the chats they are in."""

import sqlite3
from dataclasses import dataclass

from aiogram.types import Chat, User

from app.sandbox.telegram.errors import BadRequestError, ImpossibleError, RefusedError
from app.sandbox.telegram.store import Store

FIRST_PERSON = 700_000_001
FIRST_GROUP = 100_000_001
STARS_AT_FIRST = 10_000


@dataclass(frozen=True)
class Person:
    """Someone with a Telegram client; `status` is active, blocked (the bot) or deactivated."""

    id: int
    first_name: str
    last_name: str | None
    username: str | None
    language_code: str | None
    stars: int
    status: str
    started: bool

    def user(self) -> User:
        return User(
            id=self.id,
            is_bot=False,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )


class People:
    """Persons and chats. A private chat has its person's id and opens when the person writes first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        *,
        first_name: str,
        last_name: str | None,
        username: str | None,
        language: str | None,
        number: int | None,
    ) -> Person:
        """A new person, or the same one with new names; 10,000 Stars are in a new one's pocket."""
        number = number or self._store.next_number("person", first=FIRST_PERSON)
        self._store.run(
            "INSERT INTO people (id, first_name, last_name, username, language_code, stars)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name,"
            " last_name = excluded.last_name, username = excluded.username,"
            " language_code = excluded.language_code",
            number,
            first_name,
            last_name,
            username,
            language,
            STARS_AT_FIRST,
        )
        self._store.run("INSERT OR IGNORE INTO chats (id, type) VALUES (?, 'private')", number)
        self._store.run("INSERT OR IGNORE INTO members (chat_id, person_id) VALUES (?, ?)", number, number)
        return self.person(number)

    def person(self, number: int) -> Person:
        """Raises ImpossibleError(404)."""
        row = self._store.row("SELECT * FROM people WHERE id = ?", number)
        if row is None:
            raise ImpossibleError(404, f"there is no person {number}")
        return _person(row)

    def everyone(self) -> list[Person]:
        return [_person(row) for row in self._store.rows("SELECT * FROM people ORDER BY id")]

    def add_group(self, *, title: str, kind: str, members: list[int]) -> Chat:
        """A group that the bot is in, too."""
        number = -self._store.next_number("group", first=FIRST_GROUP)
        number = number if kind == "group" else -1_000_000_000_000 + number
        self._store.run("INSERT INTO chats (id, type, title) VALUES (?, ?, ?)", number, kind, title)
        for member in members:
            self._store.run(
                "INSERT INTO members (chat_id, person_id) VALUES (?, ?)", number, self.person(member).id
            )
        return self.chat(number)

    def chat(self, number: int) -> Chat:
        """The chat as messages carry it; raises ImpossibleError(404)."""
        row = self._store.row("SELECT * FROM chats WHERE id = ?", number)
        if row is None:
            raise ImpossibleError(404, f"there is no chat {number}")
        if row["type"] != "private":
            return Chat(id=number, type=row["type"], title=row["title"])
        person = self.person(number)
        return Chat(
            id=number,
            type="private",
            first_name=person.first_name,
            last_name=person.last_name,
            username=person.username,
        )

    def member(self, chat_id: int, person_id: int) -> Person:
        """The person, who must be in the chat; raises ImpossibleError(404)."""
        found = self._store.row(
            "SELECT 1 FROM members WHERE chat_id = ? AND person_id = ?", chat_id, person_id
        )
        if found is None:
            raise ImpossibleError(404, f"person {person_id} is not in chat {chat_id}")
        return self.person(person_id)

    def known(self, chat_id: int | str) -> Chat:
        """A chat that the bot may look at; a person who never wrote is not found, as in Telegram."""
        if not isinstance(chat_id, int):
            raise BadRequestError("chat not found")
        row = self._store.row(
            "SELECT type, started FROM chats LEFT JOIN people ON people.id = chats.id WHERE chats.id = ?",
            chat_id,
        )
        if row is None or (row["type"] == "private" and not row["started"]):
            raise BadRequestError("chat not found")
        return self.chat(chat_id)

    def reachable(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to now; raises what Telegram answers when it may not."""
        chat = self.known(chat_id)
        status = self.person(chat.id).status if chat.type == "private" else "active"
        if status == "blocked":
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if status == "deactivated":
            raise RefusedError(403, "Forbidden: user is deactivated")
        return chat

    def set_status(self, number: int, status: str) -> None:
        self._store.run("UPDATE people SET status = ? WHERE id = ?", status, number)

    def start(self, number: int) -> None:
        self._store.run("UPDATE people SET started = 1 WHERE id = ?", number)

    def add_stars(self, number: int, amount: int) -> None:
        """Raises ImpossibleError(409) when the person has too few of them."""
        if self.person(number).stars + amount < 0:
            raise ImpossibleError(409, "BALANCE_TOO_LOW")
        self._store.run("UPDATE people SET stars = stars + ? WHERE id = ?", amount, number)


def _person(row: sqlite3.Row) -> Person:
    return Person(
        id=row["id"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        username=row["username"],
        language_code=row["language_code"],
        stars=row["stars"],
        status=row["status"],
        started=bool(row["started"]),
    )
