"""Who the bot is: its name, commands, descriptions and menu buttons, as the bot set them."""

import json

from aiogram.types import User
from pydantic import JsonValue

from app.sandbox.telegram.store import Store


class Profile:
    """Small settings by key, one JSON text each."""

    def __init__(self, store: Store, token: str) -> None:
        self._store = store
        self.bot_id = int(token.partition(":")[0])

    def user(self) -> User:
        """The bot as the sender of its messages."""
        return User(
            id=self.bot_id, is_bot=True, first_name=self.text("name", "") or "Sandbox", username="sandbox_bot"
        )

    def me(self) -> User:
        return self.user().model_copy(
            update={
                "can_join_groups": True,
                "can_read_all_group_messages": True,
                "supports_inline_queries": True,
                "can_connect_to_business": False,
                "has_main_web_app": False,
            }
        )

    def text(self, what: str, language: str | None) -> str | None:
        """What was set for the language, else for everybody."""
        found = self.read(f"{what}:{language or ''}")
        found = self.read(f"{what}:") if found is None else found
        return found if isinstance(found, str) else None

    def read(self, key: str) -> JsonValue:
        note: JsonValue = json.loads(self._store.note(f"profile:{key}") or "null")
        return note

    def write(self, key: str, value: JsonValue) -> None:
        self._store.remember(f"profile:{key}", json.dumps(value, ensure_ascii=False))
