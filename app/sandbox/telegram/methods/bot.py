"""The bot's own face: name, descriptions, commands, menu button."""

import re
from typing import TypeAlias

from aiogram.methods import (
    DeleteMyCommands,
    GetChatMenuButton,
    GetMe,
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
    BotDescription,
    BotName,
    BotShortDescription,
    MenuButton,
    User,
)
from pydantic import TypeAdapter

from app.sandbox.telegram.errors import BadRequestError
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.wire import Json, to_json, to_text

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
COMMANDS = TypeAdapter(list[BotCommand])
CommandCall: TypeAlias = SetMyCommands | GetMyCommands | DeleteMyCommands


def get_me(standin: StandIn, _call: GetMe) -> User:
    return standin.profile.me()


def set_my_commands(standin: StandIn, call: SetMyCommands) -> bool:
    if len(call.commands) > 100:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    for command in call.commands:
        if not COMMAND.fullmatch(command.command.removeprefix("/")):
            raise BadRequestError("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= 256:
            raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
    standin.profile.write(_key(call.scope, call.language_code), to_json(call.commands))
    return True


def get_my_commands(standin: StandIn, call: GetMyCommands) -> list[BotCommand]:
    return COMMANDS.validate_python(standin.profile.read(_key(call.scope, call.language_code)) or [])


def delete_my_commands(standin: StandIn, call: DeleteMyCommands) -> bool:
    standin.profile.write(_key(call.scope, call.language_code), None)
    return True


def set_my_name(standin: StandIn, call: SetMyName) -> bool:
    return _set(standin, "name", call.name, call.language_code, 64)


def set_my_description(standin: StandIn, call: SetMyDescription) -> bool:
    return _set(standin, "description", call.description, call.language_code, 512)


def set_my_short_description(standin: StandIn, call: SetMyShortDescription) -> bool:
    return _set(standin, "short_description", call.short_description, call.language_code, 120)


def get_my_name(standin: StandIn, call: GetMyName) -> BotName:
    return BotName(name=standin.profile.text("name", call.language_code) or "Sandbox")


def get_my_description(standin: StandIn, call: GetMyDescription) -> BotDescription:
    return BotDescription(description=standin.profile.text("description", call.language_code) or "")


def get_my_short_description(standin: StandIn, call: GetMyShortDescription) -> BotShortDescription:
    text = standin.profile.text("short_description", call.language_code) or ""
    return BotShortDescription(short_description=text)


def set_chat_menu_button(standin: StandIn, call: SetChatMenuButton) -> bool:
    chat = "" if call.chat_id is None else str(standin.people.known(call.chat_id).id)
    standin.profile.write(f"menu_button:{chat}", to_json(call.menu_button))
    return True


def get_chat_menu_button(standin: StandIn, call: GetChatMenuButton) -> MenuButton:
    mine = standin.profile.read(f"menu_button:{call.chat_id}") if call.chat_id is not None else None
    found: Json = mine or standin.profile.read("menu_button:") or {"type": "default"}
    return MenuButton.model_validate(found)


def _key(scope: BotCommandScopeUnion | None, language: str | None) -> str:
    if language and not LANGUAGE.fullmatch(language):
        raise BadRequestError("BOT_LANGUAGE_INVALID")
    return f"commands:{to_text(scope or BotCommandScopeDefault())}:{language or ''}"


def _set(standin: StandIn, what: str, text: str | None, language: str | None, limit: int) -> bool:
    if text is not None and len(text) > limit:
        raise BadRequestError(f"bot {what.replace('_', ' ')} is too long")
    standin.profile.write(f"{what}:{language or ''}", text)
    return True
