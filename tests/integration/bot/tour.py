"""Presses every button that the real bot sends one person, and keeps what was shown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.types import TelegramObject

from app.catalogue import Modality, ModelSpec, Parameter, ParameterKind
from bot.callbacks import (
    AddPart,
    Ask,
    Confirm,
    DraftAct,
    DraftTap,
    DropPart,
    GenerationTap,
    LanguageTap,
    Leave,
    ModelTap,
    PastFiles,
    Pick,
    Star,
)
from bot.money_callbacks import Buy
from bot.privacy_callbacks import Depart
from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.people import Somebody

OF_DRAFTS = frozenset(it.__prefix__ for it in (DraftTap, Star, Ask, Pick, AddPart, DropPart))
NOT_OF_PAGES = OF_DRAFTS | {it.__prefix__ for it in (Leave, Confirm, GenerationTap, LanguageTap, Buy)}
LAST_ACTS = (DraftAct.CANCEL, DraftAct.BACK)
OF_EVERY_MODEL = (DraftAct.RESUME, DraftAct.SETTINGS, DraftAct.DONE)
"""What is pressed for each model anew; inputs they share."""
MOST_STEPS = 150

FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 1000}
FILES: dict[Modality, dict[str, Any]] = {
    Modality.IMAGE: {"photo": [{**FILE, "width": 640, "height": 640}]},
    Modality.VIDEO: {"video": {**FILE, "width": 640, "height": 640, "duration": 5, "mime_type": "video/mp4"}},
    Modality.AUDIO: {"audio": {**FILE, "duration": 5, "mime_type": "audio/mpeg"}},
}


@dataclass
class Tour:
    """One person who presses everything. `shown` has every screen, `pressed` what was pressed by its meaning."""

    house: LivingHouse
    person: Somebody
    sentence: str
    shown: list[Shown] = field(default_factory=list)
    pressed: dict[str, str] = field(default_factory=dict)
    """Callback data as it was sent, by its meaning: without the ids of rows."""
    handlers: list[HandlerObject] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.house.side.dispatcher.callback_query.middleware(self._note_handler)

    @property
    def screen(self) -> Shown:
        """The live screen; a file that was asked for stands below it."""
        return next(it for it in reversed(self.house.telegram.in_chat(self.person.chat_id)) if it.text)

    async def press(self, data: str) -> Shown:
        """A tap on the live screen: answered once, by a handler of a screen, with a screen to see."""
        self.pressed.setdefault(meaning(data), data)
        seen = len(self.handlers)
        await self.house.wire.feed(self.person.callback(data, self.screen))
        by = [it.callback.__module__.rpartition(".")[2] for it in self.handlers[seen:]]
        assert len(by) == 1, f"{data} was answered by {by}"
        assert by != ["fallback"], f"{data} has no handler of its own"
        return self._keep()

    async def say(self, words: str) -> Shown:
        """Types a text."""
        await self.person.say(words)
        return self._keep()

    async def send(self, content: dict[str, Any]) -> Shown:
        """Sends a file."""
        await self.house.wire.feed(self.person.message(**content))
        return self._keep()

    async def every_page(self) -> None:
        """From the menu through all screens that are the same for everybody."""
        ahead = list((await self.say("/start")).buttons.values())
        lists: set[str] = set()
        while ahead:
            data = ahead.pop(0)
            if meaning(data) in self.pressed or prefix(data) in NOT_OF_PAGES or not data:
                continue
            if prefix(data) == Depart.__prefix__ and Depart.unpack(data).sure:
                continue  # whoever tours stays
            if prefix(data) == ModelTap.__prefix__:
                page = data.split(":", 2)[2]
                if page in lists:
                    continue
                lists.add(page)
            buttons = list((await self.press(data)).buttons.values())
            ahead += buttons
            for back in (it for it in buttons if prefix(it) == Leave.__prefix__):
                ahead += (await self.press(back)).buttons.values()

    async def whole_model(self, spec: ModelSpec) -> None:
        """The card, the questions and the settings, until there is the price, or a problem of random answers."""
        await self.press(ModelTap(key=spec.key).pack())
        tried: set[str] = set()
        for _ in range(MOST_STEPS):
            data = self._not_in(tried)
            if data is not None:
                tried.add(meaning(data))
                await self.press(data)
            elif not await self._answer(spec):
                break
        else:
            raise AssertionError(f"{spec.key}: no end of questions")
        for card in (it for it in self._data() if it.endswith(f":{DraftAct.RESUME}")):
            await self.press(card)
        goes_on = any(it.kind is ParameterKind.RESULT for it in spec.parameters)
        # Answers at random may break a rule across fields: then a button leads to what has to change.
        may_change = "⚠️" in (self.screen.text or "") and any(
            prefix(it) == Ask.__prefix__ for it in self._data()
        )
        assert goes_on or may_change or any("₽" in words for words in self.screen.buttons), self.screen
        await self.press(next(it for it in self._data() if it.endswith(f":{DraftAct.CANCEL}")))

    def _not_in(self, tried: set[str]) -> str | None:
        """A button of the draft that was not tried yet, those that lead away last."""
        new = [
            it
            for it in self._data()
            if prefix(it) in OF_DRAFTS
            and not it.endswith(f":{DraftAct.CANCEL}")
            and meaning(it) not in tried
            and (it.endswith(OF_EVERY_MODEL) or meaning(it) not in self.pressed)
        ]
        return min(new, key=lambda it: it.endswith(LAST_ACTS), default=None)

    async def _answer(self, spec: ModelSpec) -> bool:
        """Answers the open question; False when there is none."""
        draft = await self.house.drafts.current(self.person.id)
        assert draft is not None
        question = None if draft.asking is None else spec.question(draft.asking)
        if question is None:
            return False
        done = [it for it in self._data() if it.endswith(f":{DraftAct.DONE}")]
        choices = [it for it in self._data() if prefix(it) in (Pick.__prefix__, AddPart.__prefix__)]
        if question.kind is ParameterKind.RESULT:  # of which this person has none
            await self.press(next(it for it in self._data() if prefix(it) == PastFiles.__prefix__))
            return False
        if done or choices:
            await self.press((done or choices)[0])
        elif question.media is not None:
            await self.send(FILES[question.media.kind])
        elif question.choices:
            await self.press(DraftTap(draft=draft.id, revision=draft.revision, act=DraftAct.RESUME).pack())
        else:
            await self.say(_typed(question, self.sentence))
        return True

    def _data(self) -> list[str]:
        return list(self.screen.buttons.values())

    def _keep(self) -> Shown:
        shown = self.screen
        assert shown.text
        self.shown.append(Shown(shown.message_id, shown.chat_id, shown.text, keyboard=shown.keyboard))
        return shown

    async def _note_handler(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        self.handlers.append(data["handler"])
        return await handler(event, data)


def prefix(data: str) -> str:
    """What kind of button it is."""
    return data.partition(":")[0]


def meaning(data: str) -> str:
    """The data without the draft and its revision."""
    kind, *rest = data.split(":")
    return ":".join([kind, *(rest[2:] if kind in OF_DRAFTS | {Leave.__prefix__} else rest)])


def _typed(question: Parameter, sentence: str) -> str:
    if question.kind is ParameterKind.NUMBER:
        return f"{question.minimum or 1:f}"
    return sentence
