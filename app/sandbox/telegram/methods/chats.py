"""Looking at chats and files, showing that one is typing, answering queries."""

from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    GetChat,
    GetChatMember,
    GetFile,
    SendChatAction,
)
from aiogram.types import (
    AcceptedGiftTypes,
    ChatFullInfo,
    ChatMemberLeft,
    ChatMemberMember,
    File,
)

from app.sandbox.telegram.errors import BadRequestError, ImpossibleError
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.wire import to_json

DOWNLOAD_BYTES = 20 * 1024 * 1024
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def answer_callback_query(standin: StandIn, call: AnswerCallbackQuery) -> bool:
    standin.queries.answer(
        call.callback_query_id, text=call.text, show_alert=bool(call.show_alert), url=call.url
    )
    return True


def answer_inline_query(standin: StandIn, call: AnswerInlineQuery) -> bool:
    if len(call.results) > 50:
        raise BadRequestError("RESULTS_TOO_MUCH")
    ids = [str(getattr(result, "id", "")) for result in call.results]
    if len(set(ids)) != len(ids):
        raise BadRequestError("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(number.encode()) <= 64 for number in ids):
        raise BadRequestError("RESULT_ID_INVALID")
    standin.queries.answer_inline(call.inline_query_id, to_json(call.results))
    return True


def send_chat_action(standin: StandIn, call: SendChatAction) -> bool:
    if call.action not in ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    chat = standin.people.reachable(call.chat_id)
    standin.changes.record("action", chat.id, {"action": call.action})
    return True


def get_file(standin: StandIn, call: GetFile) -> File:
    shelved = standin.files.shelved(call.file_id)
    if shelved is None:
        raise BadRequestError("wrong file_id or the file is temporarily unavailable")
    if shelved.size > DOWNLOAD_BYTES:
        raise BadRequestError("file is too big")
    return File(
        file_id=shelved.file_id,
        file_unique_id=shelved.unique_id,
        file_size=shelved.size,
        file_path=shelved.public,
    )


def get_chat(standin: StandIn, call: GetChat) -> ChatFullInfo:
    chat = standin.people.known(call.chat_id)
    return ChatFullInfo(
        id=chat.id,
        type=chat.type,
        title=chat.title,
        first_name=chat.first_name,
        last_name=chat.last_name,
        username=chat.username,
        accent_color_id=0,
        max_reaction_count=11,
        accepted_gift_types=AcceptedGiftTypes(
            unlimited_gifts=False,
            limited_gifts=False,
            unique_gifts=False,
            premium_subscription=False,
            gifts_from_channels=False,
        ),
    )


def get_chat_member(standin: StandIn, call: GetChatMember) -> ChatMemberMember | ChatMemberLeft:
    chat = standin.people.known(call.chat_id)
    if call.user_id == standin.profile.bot_id:
        return ChatMemberMember(user=standin.profile.user())
    try:
        return ChatMemberMember(user=standin.people.member(chat.id, call.user_id).user())
    except ImpossibleError:
        return _stranger(standin, call.user_id)


def _stranger(standin: StandIn, person_id: int) -> ChatMemberLeft:
    try:
        return ChatMemberLeft(user=standin.people.person(person_id).user())
    except ImpossibleError as error:
        raise BadRequestError("member not found") from error
