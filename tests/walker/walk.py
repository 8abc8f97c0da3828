"""The crowd walks; each step is watched until its reaction is there; at the end the accounts must be right."""

import asyncio
import random
import re
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from tests.fixtures.books import Books
from tests.fixtures.people import Message, Person, RefusedError, SandboxClient, buttons, text_of
from tests.fixtures.sandboxed import Sandboxed
from tests.integration.sandbox_telegram.pictures import clip, picture, sound
from tests.walker.acts import ACTS, Awaited, Uploads
from tests.walker.sight import ShownWronglyError, Sight
from tests.walker.speech import NAMES, NOWHERE
from tests.walker.weather import Weather

REACTION_SECONDS = 120.0
"""A call that Telegram never answers is given up after ten seconds, and a lane's retries add ten more; the rest is
for a slow machine."""
TAP_SECONDS = 16.0
"""Telegram takes the answer to a tap for fifteen seconds."""
LIFE = 60
"""Steps of one person; then somebody new comes."""
LOOKS_BACK = 12
END_SECONDS = 180.0
UNFINISHED = """
    SELECT id, user_id, state, state_at::text FROM generation
    WHERE state IN ('held', 'submitting', 'submitted', 'running', 'fetching', 'captured') AND state <> %s
"""
HURRY = """
    UPDATE generation SET next_check_at = now() - interval '10 seconds', swept_at = NULL
    WHERE state = 'fetching' AND next_check_at > now()
"""
"""A result that cannot be copied is tried for three minutes; nobody has to wait for that here."""
HURRY_SECONDS = 8.0
SPENDABLE = "SELECT coalesce(sum(posted - held), 0) FROM ledger_wallet WHERE user_id = %s"


class LostWayError(AssertionError):
    """What went wrong, with the seed and the last steps of the person it happened to."""


@dataclass(frozen=True)
class Plan:
    """`steps` altogether, by `crowd` people at a time. `storms`: Telegram stumbles, too."""

    steps: int
    seed: int
    crowd: int = 3
    storms: bool = True


@dataclass
class Walker:
    """One person; chooses by a dice of their own."""

    person: Person
    rng: random.Random
    sight: Sight
    uploads: Uploads
    neighbours: list["Walker"]
    trail: deque[str] = field(default_factory=lambda: deque(maxlen=LOOKS_BACK))

    @property
    def strangers_keys(self) -> list[str]:
        """Data of buttons that other people were shown."""
        return [data for it in self.neighbours if it is not self for _, data in it.sight.keys]

    async def step(self) -> str:
        """One act and its reaction; the act's name."""
        acts, weights = zip(*ACTS, strict=True)
        act = self.rng.choices(acts, weights)[0]
        await self.look()
        shown = self.sight.shown
        awaited: Awaited | None = await act(self)
        if awaited is not None:
            self.trail.append(awaited.said)
            await self._react(awaited, shown)
        return str(act.__name__)

    async def look(self, seconds: int = 0) -> None:
        """Takes in what is new in the chat; waits so long for it."""
        query = f"changes?after={self.sight.last}&chat={self.person.id}&timeout={seconds}"
        self.sight.take(await self.person.sandbox.telegram("GET", query))

    async def _react(self, awaited: Awaited, shown: int) -> None:
        begun = time.monotonic()
        while silent := self._silent(awaited, shown):
            waited = time.monotonic() - begun
            if waited > REACTION_SECONDS:
                raise LostWayError(f"no reaction: {silent}")
            if waited > TAP_SECONDS:
                await self._forgive_late(awaited.taps)
            await self.look(seconds=1)

    async def _forgive_late(self, taps: list[str]) -> None:
        """A busy machine answers a tap when Telegram does not take it any more; the words come as a message then."""
        for it in await self.person.sandbox.telegram("GET", "violations"):
            query = it["params"].get("callback_query_id")
            if query in taps and query not in self.sight.answers:
                self.sight.answers[query] = {"text": None}
                self.sight.late.add(query)

    def _silent(self, awaited: Awaited, shown: int) -> list[str]:
        """What has not been reacted to yet."""
        sight = self.sight
        changed = sight.shown - shown
        silent = [f"tap {it} is not answered" for it in awaited.taps if it not in sight.answers]
        toasts = [sight.answers[it]["text"] for it in awaited.taps if it in sight.answers]
        if not silent and toasts and not any(toasts) and not changed:
            silent.append("a tap changed nothing and said nothing")
        if changed < awaited.messages:
            silent.append(f"{awaited.messages} messages, {changed} reactions")
        for query in awaited.payments:
            state = sight.payments.get(query)
            if state is None or (state == "paid" and not changed):
                silent.append(f"payment {query} is {state}")
        return silent


class Crowd:
    """Several people at once over one sandbox."""

    def __init__(self, sandboxed: Sandboxed, sandbox: SandboxClient, plan: Plan) -> None:
        self._sandboxed = sandboxed
        self._sandbox = sandbox
        self._plan = plan
        self._left = plan.steps
        self._walkers: list[Walker] = []
        self._everybody: set[int] = set()
        self.acts: Counter[str] = Counter()

    async def walk(self) -> Counter[str]:
        """All steps, then the accounts; how often each act was done. Raises LostWayError."""
        uploads = await _uploads(self._sandbox)
        weather = Weather(self._sandbox, random.Random(self._plan.seed), storms=self._plan.storms)
        blowing = asyncio.create_task(weather.blow())
        try:
            async with asyncio.TaskGroup() as group:
                for place in range(self._plan.crowd):
                    group.create_task(self._lives(place, uploads))
        except* AssertionError as errors:
            raise errors.exceptions[0] from None
        finally:
            blowing.cancel()
            await asyncio.wait({blowing})  # what it has just asked for must not come after the clearing
            await weather.clear()
        await Accounts(self._sandboxed, self._sandbox, self._plan).settle(self._walkers)
        return self.acts

    async def _lives(self, place: int, uploads: Uploads) -> None:
        """One person after the other, until the steps are used up."""
        life = 0
        while self._left > 0:
            walker = await self._born(place + life * self._plan.crowd, uploads)
            life += 1
            for _ in range(LIFE):
                if self._left <= 0:
                    return
                self._left -= 1
                await self._step(walker)

    async def _step(self, walker: Walker) -> None:
        try:
            self.acts[await walker.step()] += 1
        except (LostWayError, ShownWronglyError, RefusedError) as error:
            steps = "\n  ".join(walker.trail)
            chat = "\n  ".join(
                f"{number}: {text_of(it)!r}" for number, it in sorted(walker.sight.messages.items())[-4:]
            )
            raise LostWayError(
                f"{error}\nseed {self._plan.seed}, {walker.sight.mark} ({walker.person.id}); the last steps:\n"
                f"  {steps}\nthe chat ends with:\n  {chat}"
            ) from error

    async def _born(self, number: int, uploads: Uploads) -> Walker:
        rng = random.Random(f"{self._plan.seed}:{number}")
        mark = f"walker{number:05d}"
        name = f"{mark} {rng.choice(NAMES)}"
        person = await self._sandbox.person(name, rng.choice(("ru", "en", "de")))
        self._everybody.add(person.id)
        sight = Sight(person.id, mark, self._everybody)
        sight.heard(name)
        walker = Walker(person, rng, sight, uploads, self._walkers)
        self._walkers.append(walker)
        return walker


class Accounts:
    """What must be true when everybody has gone home."""

    def __init__(self, sandboxed: Sandboxed, sandbox: SandboxClient, plan: Plan) -> None:
        self._sandboxed = sandboxed
        self._sandbox = sandbox
        self._plan = plan

    async def settle(self, walkers: list[Walker]) -> None:
        """Raises LostWayError with everything that does not fit."""
        books = self._sandboxed.books
        await self._ended(books)
        for walker in walkers:
            await walker.look()
        self._sandboxed.audit()
        wrong = [
            *await self._unexcused(walkers),
            *(await self._sandbox.kie("GET", "violations"))["violations"],
            *books.all("SELECT id, status, error FROM inbox WHERE status <> 'done'"),
            *self._strangers_results(walkers, books),
        ]
        for walker in walkers:
            wrong += await self._wrong_balance(walker, books)
        if wrong:
            raise LostWayError(f"seed {self._plan.seed}: " + "\n  ".join(map(str, wrong)))

    def _strangers_results(self, walkers: list[Walker], books: Books) -> list[object]:
        """Generations that were shown to somebody they do not belong to."""
        owners = {row[0]: row[1] for row in books.all("SELECT id, user_id FROM generation")}
        return [
            f"{walker.sight.mark} was shown №{number}"
            for walker in walkers
            for number in walker.sight.generations
            if owners.get(number) != walker.person.id
        ]

    async def _ended(self, books: Books) -> None:
        """Every generation and event ends; a creation that KIE did not answer ends after its grace time."""
        deadline, hurried = time.monotonic() + END_SECONDS, 0.0
        for excepted in ("submitting", ""):
            while left := books.all(UNFINISHED, excepted):
                if time.monotonic() > deadline:
                    raise LostWayError(f"seed {self._plan.seed}: unfinished {left}")
                if time.monotonic() > hurried + HURRY_SECONDS:
                    books.execute(HURRY)
                    hurried = time.monotonic()
                await asyncio.sleep(0.09)
            if excepted:
                books.let_the_grace_time_pass()
        # An event is done a moment after its answer was seen.
        while waiting := books.all("SELECT id FROM inbox WHERE status = 'new'"):
            if time.monotonic() > deadline:
                raise LostWayError(f"seed {self._plan.seed}: events that nobody finishes {waiting}")
            await asyncio.sleep(0.05)

    async def _wrong_balance(self, walker: Walker, books: Books) -> list[str]:
        """What the bot says must be what the ledger says of this person."""
        asked = await walker.person.say("/balance")

        def told(messages: list[Message]) -> Message | None:
            later = (it for it in messages if it["message_id"] > asked)
            return next((it for it in later if any("top_up" in key for key in _data(it))), None)

        message = await walker.person.wait_until(told, "the balance")
        shown = re.search(r"(\d[\d\s.,]*)\s₽", text_of(message))
        spendable = books.one(SPENDABLE, walker.person.id)
        if shown is not None and kopecks(shown.group(1)) == spendable:
            return []
        return [f"{walker.sight.mark} has {spendable} kopecks and is shown {text_of(message)!r}"]

    async def _unexcused(self, walkers: list[Walker]) -> list[object]:
        """What the stand-in refused although the bot could have known better."""
        gone = {number for walker in walkers for number in walker.sight.deleted_by_person}
        tapped = {number for walker in walkers for number in walker.sight.tapped}
        calls = await self._sandbox.telegram("GET", "calls?method=deleteMessage")
        gone |= tapped & {int(call["params"]["message_id"]) for call in calls if call["ok"]}
        late = {query for walker in walkers for query in walker.sight.late}
        return [
            (it["method"], it["reason"], it["params"])
            for it in await self._sandbox.telegram("GET", "violations")
            if not self._is_excused(it["reason"], it["params"], gone, late)
        ]

    def _is_excused(self, reason: str, params: dict[str, Any], gone: set[int], late: set[str]) -> bool:
        """Repetitions of what may have been lost, a second tap of two at once, what a person took away or made up."""
        if "message is not modified" in reason:
            return True
        if params.get("file_id") == NOWHERE:
            return True
        if "query is too old" in reason:
            return self._plan.storms or params.get("callback_query_id") in late
        return "not found" in reason and params.get("message_id") in gone


def kopecks(amount: str) -> int:
    """`1 234,50`, `1,234.50` or `300`."""
    parts = re.fullmatch(r"([\d.,]*?)(?:[.,](\d\d))?", re.sub(r"\s", "", amount))
    assert parts is not None, amount
    return int(re.sub(r"\D", "", parts.group(1))) * 100 + int(parts.group(2) or 0)


def _data(message: Message) -> list[str]:
    return [button.get("callback_data", "") for button in buttons(message)]


async def _uploads(sandbox: SandboxClient) -> Uploads:
    made = (
        ("photo", picture(), "a.png"),
        ("photo", picture(900, 300), "wide.png"),
        ("photo", picture(64, 64, "JPEG"), "small.jpg"),
        ("document", picture(640, 480), "b.png"),
        ("document", picture(50, 50, "GIF"), "moving.gif"),
        ("document", b"%PDF-1.4 nothing", "c.pdf"),
        ("video", clip(), "d.mp4"),
        ("animation", clip(seconds=1), "e.mp4"),
        ("audio", sound(), "f.mp3"),
        ("voice", sound("ogg"), "g.ogg"),
    )
    return Uploads(tuple([(kind, await sandbox.upload(content, name)) for kind, content, name in made]))
