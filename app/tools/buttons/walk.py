"""Presses every button once, in the state in which it was first seen, and takes everything back again."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from app.errors import StorageUnavailableError
from app.tools.buttons.answers import answers_to, words_for, words_for_nothing
from app.tools.buttons.chat import Shown
from app.tools.buttons.findings import Finding, Trouble
from app.tools.buttons.handlers import Kind, TapHandler, conflict
from app.tools.buttons.keys import key_of, read_data
from app.tools.buttons.person import Action, Pay, Person, Say, Tap, Wait
from app.tools.buttons.stage import Moment, Stage
from app.tools.buttons.workshop import Ending
from bot.awaiting import DRAFT
from bot.callbacks import Confirm, DraftAct, DraftTap, FileOffer, Leave, ModelTap, OfferTap, Star
from bot.keyboards.rows import ROOM
from bot.staff_awaiting import read_awaited
from bot.staff_callbacks import Agreed, ApproveTap, RejectTap, RoleTap, Why
from bot.texts import width

AFTER_ACT, AFTER_WAIT = 4, 3
"""How far a walk goes on from what locks more than the person's own rows, which holds up others until it is taken
back: an order near a cap, a decision about a receipt or somebody's money, a role; and from a result, for the start at
the provider.
"""

OF_EVERY_MODEL = (DraftAct.RESUME, DraftAct.SETTINGS)
"""What is done with a draft of each model: to the first question, to the card and to the list of settings. Further on
models share their inputs, and a button that does the same is pressed once.
"""

OF_LISTS = (ModelTap, OfferTap, FileOffer)
"""Buttons of which a list has one for each model."""

OF_PLACES = (Star, Leave)
"""Buttons of a card that remember the page of a list where it was opened: all later pages are like the second."""

ACTS = (Confirm, ApproveTap, RejectTap, RoleTap, Agreed)

MOST_ACTIONS = 8000
"""A walk that is not over then would never be: some data carries what is new each time."""


@dataclass(frozen=True)
class Reaction:
    """What came of an action: `takers` are all handlers that would take the tap; the first one did."""

    shown: tuple[Shown, ...]
    takers: tuple[TapHandler, ...] = ()
    has_failed: bool = False


@dataclass
class Level:
    """A moment and what is still to be tried from there, with at most `room` actions one after the other.

    What is claimed in one `place` is not claimed in another.
    """

    moment: Moment | None
    pending: deque[Action]
    room: int
    place: str = ""


@dataclass
class Trail:
    """What all walks together have seen."""

    findings: list[Finding] = field(default_factory=list)
    pressed: int = 0
    buttons: dict[str, str] = field(default_factory=dict)
    """By key, without language and place, the data of such a button."""
    reached: set[TapHandler] = field(default_factory=set)
    reached_by_old: set[TapHandler] = field(default_factory=set)
    screens: dict[str, dict[str, str]] = field(default_factory=dict)
    """By command and language, the labels of the buttons that the command's screen has, by data."""

    def read(self, classes: Mapping[str, type[CallbackData]]) -> list[CallbackData]:
        """Every button seen so far, one for each key; data of no class are left out."""
        return [it for data in self.buttons.values() if (it := read_data(data, classes)) is not None]

    def note(self, trouble: Trouble, what: str) -> None:
        """The same thing is noted once."""
        finding = Finding(trouble, what)
        if finding not in self.findings:
            self.findings.append(finding)


class Walk:
    """One person's walk. `depth` bounds how many actions follow each other; `by_model` tells models' buttons apart."""

    def __init__(
        self, stage: Stage, person: Person, trail: Trail, *, depth: int = 200, by_model: bool = True
    ) -> None:
        self._stage = stage
        self._person = person
        self._trail = trail
        self._depth = depth
        self._by_model = by_model
        self._claimed: set[str] = set()
        self._census = stage.census

    async def run(self, openings: Iterable[Action]) -> None:
        """Everything that can be reached from these."""
        levels = [Level(None, deque(openings), self._depth)]
        while levels:
            level = levels[-1]
            if level.pending:
                below = await self._below(level, level.pending.popleft())
                levels += [] if below is None else [below]
            else:
                levels.pop()
                if level.moment is not None:
                    await self._stage.go_back(level.moment)

    async def _below(self, level: Level, action: Action) -> Level | None:
        """After the action: what can be done then; None (and the action is taken back) when there is nothing new."""
        moment = await self._stage.mark()
        reaction = await self.perform(action)
        place, room = self._entered(action) or (level.place, level.room - 1)
        below = Level(moment, deque(), room=min(room, level.room - 1), place=place)
        if below.room > 0 and not reaction.has_failed:
            below.pending.extend(await self._next(below.place, action, reaction))
        if below.pending:
            return below
        await self._stage.go_back(moment)
        return None

    def _entered(self, action: Action) -> tuple[str, int] | None:
        """The place that an action leads to, and how far a walk goes on there; None: none of its own."""
        if isinstance(action, Wait):
            return "result", AFTER_WAIT
        callback = read_data(action.data, self._census.classes) if isinstance(action, Tap) else None
        asks = isinstance(callback, RejectTap) and callback.why is Why.OWN
        return ("act", AFTER_ACT) if isinstance(callback, ACTS) and not asks else None

    async def perform(self, action: Action) -> Reaction:
        """Does it and judges what came of it; an exception becomes a finding."""
        self._trail.pressed += 1
        if self._trail.pressed > MOST_ACTIONS:
            self._trail.note(Trouble.ENDLESS, f"more than {MOST_ACTIONS} presses, the last one {action}")
            return Reaction((), has_failed=True)
        outcome = await self._outcome(action)
        failed = isinstance(outcome, BaseException)
        if failed:
            self._trail.note(Trouble.RAISED, f"{action} raised {type(outcome).__name__}: {outcome}")
        chat = self._stage.chat
        shown = tuple(chat.messages[it] for it in dict.fromkeys(chat.changed) if it in chat.messages)
        takers = filter(None, map(self._stage.census.named, self._stage.probe.takers))
        reaction = Reaction(shown, tuple(takers), has_failed=failed)
        self._judge(action, reaction)
        return reaction

    async def _outcome(self, action: Action) -> object:
        """What it raised, if anything."""
        self._stage.chat.forget()
        self._stage.probe.takers.clear()
        (outcome,) = await asyncio.gather(self._person.do(action), return_exceptions=True)
        if isinstance(outcome, StorageUnavailableError):
            raise outcome
        return outcome

    def _judge(self, action: Action, reaction: Reaction) -> None:
        chat = self._stage.chat
        for button in (button for shown in reaction.shown for button in shown.buttons):
            self._judge_label(action, button)
        if reaction.has_failed:
            return
        if not reaction.shown and not chat.toast:
            self._trail.note(Trouble.SILENT, f"{action} showed nothing")
        if isinstance(action, Tap):
            if chat.answered != 1:
                self._trail.note(Trouble.SILENT, f"{action} was answered {chat.answered} times")
            self._judge_takers(action, reaction)

    def _judge_takers(self, tap: Tap, reaction: Reaction) -> None:
        (self._trail.reached_by_old if tap.is_old else self._trail.reached).update(reaction.takers[:1])
        if not tap.is_old and all(it.kind is Kind.FALLBACK for it in reaction.takers):
            self._trail.note(Trouble.DEAD, f"{tap} has no handler but the fallback")
        doubled = conflict(list(reaction.takers))
        if doubled is not None:
            names = " and ".join(it.name for it in doubled)
            self._trail.note(Trouble.DUPLICATE, f"{tap} would be taken by {names}")

    def _judge_label(self, action: Action, button: InlineKeyboardButton) -> None:
        if not button.text.strip():
            self._trail.note(Trouble.LABEL, f"a button without words ({button.callback_data}) after {action}")
        if width(button.text) > ROOM[1]:
            self._trail.note(Trouble.LABEL, f"the label {button.text!r} is over {ROOM[1]} characters")

    async def _next(self, place: str, action: Action, reaction: Reaction) -> list[Action]:
        """What can be done now that nobody has done in this place; from here on it counts as done."""
        self._remember_screen(action, reaction)
        draft = await self._stage.domains.drafts.current(self._stage.person)
        model = draft.model_key if draft is not None and self._by_model else ""
        found: list[Action] = []
        for shown in reaction.shown:
            found += [Tap(shown, data, text) for data, text in self._new_buttons(place, shown, model)]
            if shown.payload is not None and self._claim(f"{place}pay:{draft is not None}"):
                found.append(Pay(shown))
        if place:
            history = [Say("/history")] if isinstance(action, Wait) else []
            return [*found, *history, *await self._waits(action)]
        return [*found, *await self._words(model), *await self._waits(action)]

    def _new_buttons(self, place: str, shown: Shown, model: str) -> Iterable[tuple[str, str]]:
        met: set[type[CallbackData]] = set()
        for button in shown.buttons:
            data = button.callback_data
            if data is None:
                continue
            callback = read_data(data, self._census.classes)
            key = key_of(data, self._census.classes)
            self._trail.buttons.setdefault(key, data)
            if self._repeats(callback, met):
                continue
            if isinstance(callback, OF_PLACES) and callback.page > 1:
                key = key_of(callback.model_copy(update={"page": 1}).pack(), self._census.classes)
            of_model = model if isinstance(callback, DraftTap) and callback.act in OF_EVERY_MODEL else ""
            if self._claim(f"{place}tap:{of_model}:{key}"):
                yield data, button.text

    def _repeats(self, callback: CallbackData | None, met: set[type[CallbackData]]) -> bool:
        """Whether it leads to one more model of the same list, to a card that has been seen or that need not be."""
        if not isinstance(callback, OF_LISTS):
            return False
        is_first = type(callback) not in met and not (isinstance(callback, ModelTap) and callback.page > 1)
        met.add(type(callback))
        is_new = self._by_model and isinstance(callback, ModelTap) and self._claim(f"card:{callback.key}")
        return not is_first and not is_new

    async def _words(self, model: str) -> list[Action]:
        """What is awaited, or what may come unasked."""
        stage = self._stage
        live = await stage.domains.screens.shown(stage.person, stage.person)
        if live is not None and live.awaits not in (None, DRAFT):
            asked = read_awaited(live.awaits)
            wanted = asked.asked if asked is not None else str(live.awaits).partition(":")[0]
            words = words_for(asked, stage.content.catalogue, stage.customer)
            return words if self._claim(f"awaits:{wanted}") else []
        draft = await stage.domains.drafts.current(stage.person)
        if draft is None:
            return words_for_nothing() if self._claim("nothing") else []
        if not self._claim(f"asks:{model}:{draft.asking}"):
            return []
        return answers_to(stage.content.catalogue.get(draft.model_key), draft)

    async def _waits(self, action: Action) -> list[Action]:
        """After a generation was ordered: each of its ends."""
        if not isinstance(action, Tap):
            return []
        if not isinstance(read_data(action.data, self._census.classes), Confirm):
            return []
        made = await self._stage.newest()
        kind = "" if made is None else made.produces
        return [Wait(it) for it in Ending if self._claim(f"wait:{kind}:{it}")]

    def _remember_screen(self, action: Action, reaction: Reaction) -> None:
        if isinstance(action, Say) and action.text.startswith("/"):
            labels = {it.callback_data or "": it.text for shown in reaction.shown for it in shown.buttons}
            self._trail.screens.setdefault(f"{self._person.language}{action.text}", labels)

    def _claim(self, key: str) -> bool:
        if key in self._claimed:
            return False
        self._claimed.add(key)
        return True
