"""What people do and see, and what the bot may do in their chats."""

import asyncio

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
    Update,
)

from tests.integration.sandbox_telegram.pictures import picture
from tests.integration.sandbox_telegram.process import TOKEN, Sandbox


async def last_update(sandbox: Sandbox) -> Update:
    return Update.model_validate((await sandbox.bot("getUpdates", offset=-1)).result[0])


async def test_aiogram_itself_can_talk_to_it(own: Sandbox) -> None:
    person = await own.starter("Anna")
    session = AiohttpSession(api=TelegramAPIServer.from_base(own.url))
    async with Bot(TOKEN, session=session) as bot:
        assert (await bot.get_me()).is_bot
        markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="go", callback_data="x")]])
        sent = await bot.send_message(person, "<b>hi</b>", parse_mode=ParseMode.HTML, reply_markup=markup)
        assert sent.html_text == "<b>hi</b>"
        photo = await bot.send_photo(person, BufferedInputFile(picture(), "a.png"))
        assert photo.photo
        album = [InputMediaPhoto(media=BufferedInputFile(picture(), "a.png"))] * 2
        assert len(await bot.send_media_group(person, list(album))) == 2
        assert isinstance(
            await bot.edit_message_reply_markup(chat_id=person, message_id=sent.message_id), Message
        )
        file = await bot.get_file(photo.photo[-1].file_id)
        assert file.file_path is not None
        content = await bot.download_file(file.file_path)
        assert content is not None
        assert content.read().startswith(b"\xff\xd8\xff")
    assert await own.client("GET", "violations") == []


async def test_html_becomes_entities_in_utf16_units(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    html = (
        '😀 <b>bold <i>both</i></b> <a href="https://a.b/c?d=1&amp;e">link</a> <code>x &lt; y</code>'
        ' <pre><code class="language-py">1</code></pre> <blockquote expandable>q</blockquote> &#128512;'
    )
    sent = (await sandbox.bot("sendMessage", chat_id=person, text=html, parse_mode="HTML")).result
    assert sent["text"] == "😀 bold both link x < y 1 q 😀"
    entities = [(e["type"], e["offset"], e["length"]) for e in sent["entities"]]
    assert entities == [
        ("bold", 3, 9),
        ("italic", 8, 4),
        ("text_link", 13, 4),
        ("code", 18, 5),
        ("pre", 24, 1),
        ("expandable_blockquote", 26, 1),
    ]
    assert sent["entities"][2]["url"] == "https://a.b/c?d=1&e"
    assert sent["entities"][4]["language"] == "py"


async def test_commands_links_and_tags_are_found(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    sent = (await sandbox.bot("sendMessage", chat_id=person, text="/help https://a.b/x @anna #tag")).result
    assert [e["type"] for e in sent["entities"]] == ["bot_command", "url", "mention", "hashtag"]


async def test_white_space_at_the_ends_is_cut_and_entities_move_along(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    sent = (
        await sandbox.bot("sendMessage", chat_id=person, text=" \n <b> x </b> \n", parse_mode="HTML")
    ).result
    assert sent["text"] == "x"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_a_tap_by_the_words_of_the_button_brings_its_data(own: Sandbox) -> None:
    person = await own.starter()
    markup = {
        "inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Site", "url": "https://a.b"}]]
    }
    message = await own.send(person, reply_markup=markup)
    path = f"chats/{person}/taps"
    tapped = await own.client("POST", path, person=person, message_id=message, text="Да")
    query = (await last_update(own)).callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.id) == (tapped["callback_query_id"], "yes", person)
    await own.bot("answerCallbackQuery", callback_query_id=query.id, text="Done", show_alert=True)
    seen = await own.client("GET", f"callbacks/{query.id}")
    assert (seen["answered"], seen["text"], seen["show_alert"]) == (True, "Done", True)
    opened = await own.client("POST", path, person=person, message_id=message, text="Site")
    assert opened["url"] == "https://a.b"
    await own.client("POST", path, status=404, person=person, message_id=message, text="Нет")


async def test_forged_data_comes_as_it_is(own: Sandbox) -> None:
    person = await own.starter()
    await own.tap(person, await own.send(person), "admin:give:1000000")
    query = (await last_update(own)).callback_query
    assert query is not None
    assert query.data == "admin:give:1000000"


async def test_a_button_of_a_deleted_or_old_message_brings_an_inaccessible_one(own: Sandbox) -> None:
    person = await own.starter()
    gone, old = await own.send(person), await own.send(person)
    await own.client("DELETE", f"chats/{person}/messages/{gone}")
    await own.tap(person, gone, "x")
    query = (await last_update(own)).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.message.message_id, query.message.date) == (gone, 0)
    await own.client("POST", "clock", advance=48 * 3600 + 1)
    await own.tap(person, old, "x")
    query = (await last_update(own)).callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.date == 0
    never = {"person": person, "message_id": 10**6, "data": "x"}
    await own.client("POST", f"chats/{person}/taps", status=404, **never)


async def test_the_chat_is_seen_as_it_is_now(own: Sandbox) -> None:
    person = await own.starter()
    edited, deleted = await own.send(person, "first"), await own.send(person, "second")
    await own.bot("editMessageText", chat_id=person, message_id=edited, text="changed")
    await own.bot("deleteMessages", chat_id=person, message_ids=[deleted, 10**6])
    texts = [message["text"] for message in await own.seen(person)]
    assert texts == ["/start", "changed"]
    kinds = [change["kind"] for change in await own.client("GET", f"changes?chat={person}")]
    assert kinds == ["message", "message", "message", "edited", "deleted"]


async def test_a_reply_keyboard_is_shown_until_it_is_removed(own: Sandbox) -> None:
    person = await own.starter()
    await own.send(person, reply_markup={"keyboard": [[{"text": "Menu"}]], "resize_keyboard": True})
    shown = (await own.client("GET", f"chats/{person}"))["keyboard"]
    assert shown["keyboard"][0][0]["text"] == "Menu"
    assert (await own.seen(person))[-1]["keyboard"] == shown
    await own.send(person, reply_markup={"remove_keyboard": True})
    assert (await own.client("GET", f"chats/{person}"))["keyboard"] is None


async def test_a_person_edits_and_replies(own: Sandbox) -> None:
    person = await own.starter()
    words = (await own.write(person, "typo"))["message_id"]
    await own.client("PATCH", f"chats/{person}/messages/{words}", person=person, text="fixed")
    edited = (await last_update(own)).edited_message
    assert edited is not None
    assert (edited.text, edited.message_id) == ("fixed", words)
    asked = await own.send(person, "Which one?")
    await own.client("POST", f"chats/{person}/messages", person=person, text="this", reply_to=asked)
    reply = (await last_update(own)).message
    assert reply is not None
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.message_id == asked
    await own.client("PATCH", f"chats/{person}/messages/{asked}", status=404, person=person, text="mine")


async def test_anything_else_that_a_person_can_send_arrives(own: Sandbox) -> None:
    person = await own.starter()
    location = {"location": {"latitude": 1.5, "longitude": 2.5}}
    await own.client("POST", f"chats/{person}/messages", person=person, content=location)
    message = (await last_update(own)).message
    assert message is not None
    assert message.location is not None
    path = f"chats/{person}/messages"
    await own.client("POST", path, status=400, person=person, content={"telepathy": {"x": 1}})
    await own.client("POST", path, status=400, person=person, text="")
    await own.client("POST", path, status=404, person=1, text="x")


async def test_a_group_has_members_and_the_bot(own: Sandbox) -> None:
    anna, boris = await own.person("Anna"), await own.person("Boris")
    group = (await own.client("POST", "chats", title="Us", members=[anna]))["id"]
    await own.client("POST", f"chats/{group}/messages", person=anna, text="@sandbox_bot hi")
    message = (await last_update(own)).message
    assert message is not None
    assert (message.chat.type, message.chat.id, message.chat.title) == ("group", group, "Us")
    assert await own.send(group, "hello, group")
    await own.client("POST", f"chats/{group}/messages", status=404, person=boris, text="let me in")
    member = (await own.bot("getChatMember", chat_id=group, user_id=boris)).result
    assert member["status"] == "left"


async def test_changes_wait_for_news(own: Sandbox) -> None:
    person = await own.starter()
    last = (await own.client("GET", f"chats/{person}"))["last_change"]
    poll = asyncio.create_task(own.client("GET", f"changes?after={last}&timeout=20"))
    await own.bot("sendChatAction", chat_id=person, action="upload_photo")
    (change,) = await poll
    assert (change["kind"], change["chat"], change["body"]) == ("action", person, {"action": "upload_photo"})


async def test_a_message_is_copied_pinned_and_reacted_to(own: Sandbox) -> None:
    person = await own.starter()
    message = await own.send(person, "<b>copy me</b>", parse_mode="HTML")
    copied = (await own.bot("copyMessage", chat_id=person, from_chat_id=person, message_id=message)).result
    assert (await own.seen(person))[-1]["text"] == "copy me"
    assert copied["message_id"] > message
    await own.bot("pinChatMessage", chat_id=person, message_id=message)
    assert (await own.client("GET", f"chats/{person}"))["pinned"] == message
    emoji = ReactionTypeEmoji(emoji="👍").model_dump()
    reaction = {"chat_id": person, "message_id": message}
    assert (await own.bot("setMessageReaction", reaction, reaction=[emoji])).result is True
    assert (await own.seen(person))[1]["reactions"] == [emoji]
    answered = await own.bot("setMessageReaction", reaction, reaction=[{"type": "emoji", "emoji": "x"}])
    assert answered.error == "Bad Request: REACTION_INVALID"


async def test_an_inline_question_is_answered_once(own: Sandbox) -> None:
    person = await own.person()
    asked = await own.client("POST", "inline", person=person, query="a cat")
    query = (await last_update(own)).inline_query
    assert query is not None
    assert (query.id, query.query) == (asked["inline_query_id"], "a cat")
    content = {"message_text": "meow"}
    results = [{"type": "article", "id": "1", "title": "Cat", "input_message_content": content}]
    assert (await own.bot("answerInlineQuery", inline_query_id=query.id, results=results)).result is True
    assert (await own.client("GET", f"inline/{query.id}"))["results"] == results
    answered = await own.bot("answerInlineQuery", inline_query_id=query.id, results=results)
    assert "too old" in answered.error


async def test_what_the_bot_says_about_itself_is_remembered(own: Sandbox) -> None:
    commands = [BotCommand(command="start", description="Begin").model_dump(exclude_none=True)]
    await own.bot("setMyCommands", commands=commands, language_code="ru")
    assert (await own.bot("getMyCommands", language_code="ru")).result == commands
    assert (await own.bot("getMyCommands")).result == []
    await own.bot("deleteMyCommands", language_code="ru")
    assert (await own.bot("getMyCommands", language_code="ru")).result == []
    await own.bot("setMyDescription", description="Draws")
    assert (await own.bot("getMyDescription", language_code="en")).result == {"description": "Draws"}
    await own.bot("setMyShortDescription", short_description="Short")
    assert (await own.bot("getMyShortDescription")).result == {"short_description": "Short"}
    await own.bot("setMyName", name="Painter")
    assert (await own.bot("getMyName")).result == {"name": "Painter"}
    await own.bot("setChatMenuButton", menu_button=MenuButtonCommands().model_dump(mode="json"))
    assert (await own.bot("getChatMenuButton")).result == {"type": "commands"}
    assert (await own.client("GET", "bot"))["settings"]["description:"] == "Draws"


async def test_a_chat_can_be_looked_at(own: Sandbox) -> None:
    person = await own.starter("Anna")
    assert (await own.bot("getChat", chat_id=person)).result["first_name"] == "Anna"
    assert (await own.bot("getChat", chat_id="@nobody")).error == "Bad Request: chat not found"
    assert (await own.bot("getChatMember", chat_id=person, user_id=person)).result["status"] == "member"
    (shown,) = await own.client("GET", "people")
    assert (shown["id"], shown["started"], shown["status"]) == (person, True, "active")


async def test_the_client_api_says_what_it_does_not_know(sandbox: Sandbox) -> None:
    await sandbox.client("GET", "nowhere", status=404)
    await sandbox.client("DELETE", "people", status=405)
    await sandbox.client("POST", "people", status=400, name="Anna")
    await sandbox.client("GET", "chats/abc", status=404)
    await sandbox.client("POST", "updates/1/redeliver", status=404)
