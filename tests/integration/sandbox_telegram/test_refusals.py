"""What Telegram refuses, the sandbox refuses in the same words, and notes it."""

from typing import Any

import pytest

from tests.integration.sandbox_telegram.process import Sandbox

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup"
    " are exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
PARSE = "Bad Request: can't parse entities: "
WITHOUT_ACTION = (
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**more: Any) -> dict[str, Any]:
    return {"text": "go", **more}


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    answered = await sandbox.call("getMe", token="1:other", json={})
    assert (answered.status, answered.error) == (401, "Unauthorized")


async def test_an_unknown_method_is_not_found(sandbox: Sandbox) -> None:
    assert (await sandbox.bot("sendMesage")).status == 404


async def test_a_real_method_that_the_sandbox_lacks_is_named(sandbox: Sandbox) -> None:
    answered = await sandbox.bot("sendDice", chat_id=1)
    assert answered.status == 501
    assert "sendDice" in answered.error


@pytest.mark.parametrize(
    "extra",
    [{"colour": "red"}, {"reply_markup": inline([button(callback_data="x", colour="red")])}],
)
async def test_a_parameter_that_the_bot_api_does_not_know_is_refused(
    sandbox: Sandbox, extra: dict[str, Any]
) -> None:
    person = await sandbox.starter()
    assert "colour" in (await sandbox.bot("sendMessage", chat_id=person, text="x", **extra)).error


async def test_a_real_parameter_that_the_sandbox_would_ignore_is_refused(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    answered = await sandbox.bot("sendMessage", chat_id=person, text="x", message_thread_id=5)
    assert "message_thread_id" in answered.error


async def test_a_parameter_that_is_missing_is_refused(sandbox: Sandbox) -> None:
    assert "text" in (await sandbox.bot("sendMessage", chat_id=await sandbox.starter())).error


async def test_every_refusal_is_a_violation_until_it_is_forgiven(own: Sandbox) -> None:
    person = await own.starter()
    await own.send(person)
    assert await own.client("GET", "violations") == []
    await own.bot("sendMessage", chat_id=person, text="")
    (violation,) = await own.client("GET", "violations")
    assert violation["method"] == "sendMessage"
    assert violation["reason"] == "Bad Request: message text is empty"
    assert violation["params"] == {"chat_id": person, "text": ""}
    await own.client("DELETE", "violations")
    assert await own.client("GET", "violations") == []


async def test_who_never_wrote_is_not_found(sandbox: Sandbox) -> None:
    stranger = await sandbox.person()
    assert (
        await sandbox.bot("sendMessage", chat_id=stranger, text="x")
    ).error == "Bad Request: chat not found"


async def test_who_blocked_the_bot_gets_nothing_and_that_is_no_violation(own: Sandbox) -> None:
    person = await own.starter()
    await own.client("POST", f"people/{person}/block", blocked=True)
    answered = await own.bot("sendMessage", chat_id=person, text="x")
    assert (answered.status, answered.error) == (403, "Forbidden: bot was blocked by the user")
    await own.client("POST", f"people/{person}/block", blocked=False)
    assert await own.send(person)
    await own.client("POST", f"people/{person}/block", deactivated=True)
    assert (await own.bot("sendMessage", chat_id=person, text="x")).error == "Forbidden: user is deactivated"
    assert await own.client("GET", "violations") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("a\0b", "sandbox violation: text has a NUL character"),
    ],
)
async def test_a_text_that_telegram_would_not_send_is_refused(
    sandbox: Sandbox, text: str, reason: str
) -> None:
    person = await sandbox.starter()
    answered = await sandbox.bot("sendMessage", chat_id=person, text=text)
    assert answered.error == f"Bad Request: {reason}"


async def test_length_is_counted_after_the_entities_are_parsed(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    assert await sandbox.send(person, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    number = await sandbox.send(person)
    answered = await sandbox.bot("editMessageText", chat_id=person, message_id=number, text="x" * 4097)
    assert answered.error == "Bad Request: MESSAGE_TOO_LONG"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("я < b", 'Unsupported start tag "" at byte offset 3'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("я</b>", "Unexpected end tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
async def test_html_that_telegram_cannot_parse_is_refused_with_the_place(
    sandbox: Sandbox, html: str, reason: str
) -> None:
    person = await sandbox.starter()
    answered = await sandbox.bot("sendMessage", chat_id=person, text=html, parse_mode="HTML")
    assert answered.error == PARSE + reason


async def test_an_unknown_parse_mode_is_refused(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    answered = await sandbox.bot("sendMessage", chat_id=person, text="x", parse_mode="BBCode")
    assert answered.error == "Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (inline([button(callback_data="x" * 65)]), "Bad Request: BUTTON_DATA_INVALID"),
        (inline([button(callback_data="ы" * 33)]), "Bad Request: BUTTON_DATA_INVALID"),
        (inline([button(callback_data="")]), "Bad Request: BUTTON_DATA_INVALID"),
        (inline([button()]), WITHOUT_ACTION),
        (inline([button(callback_data="x", url="https://a.b")]), "more than one action"),
        (inline([button(text="", callback_data="x")]), "text must be non-empty"),
        (inline([button(url="ftp://a.b")]), "Unsupported URL protocol"),
        (inline([button(callback_data="x", style="golden")]), "invalid button style"),
        (inline([button(pay=True)]), "BUTTON_TYPE_INVALID"),
        (inline([button(callback_data="x")] * 9), "more than 8 buttons"),
        (inline(*([[button(callback_data="x")] * 8] * 13)), "REPLY_MARKUP_TOO_LONG"),
        ({"keyboard": []}, "reply keyboard is empty"),
    ],
)
async def test_a_keyboard_that_telegram_would_not_show_is_refused(
    sandbox: Sandbox, markup: dict[str, Any], reason: str
) -> None:
    person = await sandbox.starter()
    assert reason in (await sandbox.bot("sendMessage", chat_id=person, text="x", reply_markup=markup)).error


async def test_64_bytes_of_data_and_a_hundred_buttons_are_accepted(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    rows = [[button(callback_data="ы" * 32)] * 8] * 12 + [[button(callback_data="x")] * 4]
    assert await sandbox.send(person, reply_markup=inline(*rows))


async def test_an_edit_that_changes_nothing_is_refused(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    markup = inline([button(callback_data="x")])
    number = await sandbox.send(person, "<b>x</b>", parse_mode="HTML", reply_markup=markup)
    same = {"chat_id": person, "message_id": number, "text": "<b>x</b> ", "parse_mode": "HTML"}
    assert (await sandbox.bot("editMessageText", same, reply_markup=markup)).error == NOT_MODIFIED
    assert (await sandbox.bot("editMessageText", same)).result["edit_date"], (
        "without the keyboard it is another one"
    )
    assert (await sandbox.bot("editMessageText", same)).error == NOT_MODIFIED


async def test_what_cannot_be_edited_is_refused_by_its_reason(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    number = await sandbox.send(person)
    own = await sandbox.send(person, reply_markup={"keyboard": [[{"text": "menu"}]]})
    theirs = (await sandbox.write(person, "hi"))["message_id"]
    edit = {"chat_id": person, "text": "new"}
    for message, reason in (
        (number + 10_000, "message to edit not found"),
        (theirs, "message can't be edited"),
        (own, "message can't be edited"),
    ):
        answered = await sandbox.bot("editMessageText", edit, message_id=message)
        assert answered.error == f"Bad Request: {reason}"
    answered = await sandbox.bot("editMessageCaption", chat_id=person, message_id=number, caption="x")
    assert answered.error == "Bad Request: there is no caption in the message to edit"


async def test_deleting_what_is_gone_or_old_is_refused(own: Sandbox) -> None:
    person = await own.starter()
    number, gone = await own.send(person), await own.send(person)
    assert (await own.bot("deleteMessage", chat_id=person, message_id=gone)).result is True
    answered = await own.bot("deleteMessage", chat_id=person, message_id=gone)
    assert answered.error == "Bad Request: message to delete not found"
    await own.client("POST", "clock", advance=48 * 3600 + 5)
    answered = await own.bot("deleteMessage", chat_id=person, message_id=number)
    assert answered.error == "Bad Request: message can't be deleted for everyone"


async def test_a_reply_to_nothing_is_refused_unless_it_is_allowed(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    nothing = {"message_id": 10**6}
    answered = await sandbox.bot("sendMessage", chat_id=person, text="x", reply_parameters=nothing)
    assert answered.error == "Bad Request: message to be replied not found"
    assert await sandbox.send(person, reply_parameters={**nothing, "allow_sending_without_reply": True})


async def test_a_second_answer_to_a_tap_is_too_old(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    query = await sandbox.tap(person, await sandbox.send(person), "x")
    assert (await sandbox.bot("answerCallbackQuery", callback_query_id=query)).result is True
    assert (await sandbox.bot("answerCallbackQuery", callback_query_id=query)).error == TOO_OLD
    assert (await sandbox.bot("answerCallbackQuery", callback_query_id="77")).error == TOO_OLD


async def test_a_late_answer_to_a_tap_is_too_old(own: Sandbox) -> None:
    person = await own.starter()
    query = await own.tap(person, await own.send(person), "x")
    await own.client("POST", "clock", advance=16)
    assert (await own.bot("answerCallbackQuery", callback_query_id=query)).error == TOO_OLD
    assert (await own.client("GET", f"callbacks/{query}"))["answered"] is False


async def test_a_toast_of_more_than_200_characters_is_refused(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    query = await sandbox.tap(person, await sandbox.send(person), "x")
    answered = await sandbox.bot("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert answered.error == "Bad Request: MESSAGE_TOO_LONG"


async def test_an_unknown_chat_action_is_refused(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    answered = await sandbox.bot("sendChatAction", chat_id=person, action="dancing")
    assert answered.error == "Bad Request: wrong parameter action in request"


@pytest.mark.parametrize(
    ("webhook", "reason"),
    [
        ({"url": "ftp://127.0.0.1/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.com/x"}, "bad webhook: Failed to resolve host: Name or service not known"),
        ({"url": "http://127.0.0.1/x", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/x", "max_connections": 101}, "max_connections must be 1-100"),
        ({"url": "http://127.0.0.1/x", "allowed_updates": ["massage"]}, "unknown kinds of updates: massage"),
    ],
)
async def test_a_webhook_that_telegram_would_not_take_is_refused(
    sandbox: Sandbox, webhook: dict[str, Any], reason: str
) -> None:
    assert reason in (await sandbox.bot("setWebhook", webhook)).error


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        ("setMyCommands", {"commands": [], "language_code": "russian"}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
        ("setMyName", {"name": "x" * 65}),
    ],
)
async def test_what_the_bot_may_not_call_itself_is_refused(
    sandbox: Sandbox, method: str, params: dict[str, Any]
) -> None:
    assert (await sandbox.bot(method, params)).status == 400
