"""The message that shows where a generation is: coalesced, and dropped before anything else is."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Protocol
from weakref import WeakValueDictionary

from app.clock import Clock
from app.generation.entities import Generation
from app.generation.ports import Notifier
from app.generation.states import STAGES, Stage, State
from app.generation.timings import Timings

logger = logging.getLogger(__name__)

MOST_REMEMBERED = 4000

_ENDS_IN_WORDS = frozenset({State.DELIVERED, State.CANCELLED})
"""The ends that the progress message tells itself; a failure has a message of its own."""


class Sight(Protocol):
    """Where a generation is read as it is now."""

    async def look(self, generation_id: int) -> Generation | None:
        """None when there is none; variants of one purchase as one."""
        ...


@dataclass(frozen=True)
class _Shown:
    stage: Stage | None
    """None: the end of all variants."""
    position: int | None
    ready: int
    at: float


class Progress:
    """Shows changes of stage, at most one every `progress_interval` seconds for each generation.

    A stage is shown only where the generation still is at it, in the message that is its progress by then; and when
    the generation ended while the edit was on its way, the end is drawn over it.

    Variants have one message: it shows the foremost that is on its way, and how many are there.

    What was shown is remembered in memory only: after a restart the same stage may be drawn once more.
    """

    def __init__(self, sight: Sight, notifier: Notifier, clock: Clock, timings: Timings) -> None:
        self._sight = sight
        self._notifier = notifier
        self._clock = clock
        self._timings = timings
        self._shown: dict[int, _Shown] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def show(self, generation: Generation, stage: Stage) -> None:
        """Never raises and takes twice `progress_limit` at most: a message is not worth a generation."""
        if generation.variants > 1:
            await self._quietly(generation, self._draw_variants(generation))
            return
        if not self._is_news(generation, stage):
            return
        self._remember(generation, stage)
        await self._quietly(generation, self._draw(generation, stage))
        # Cancelling and delivering wait for no edit: one that was on its way may have covered the last words.
        await self._quietly(generation, self._draw_end(generation))

    async def end(self, ended: Generation) -> None:
        """Nothing more will be shown of it; its message gets its last form, or says how many variants are there."""
        if ended.variants > 1:
            await self._quietly(ended, self._draw_variants(ended))
            return
        self._shown.pop(ended.draft_id, None)
        if ended.state in (State.DELIVERED, State.FAILED):
            await self._notifier.end_progress(ended)

    async def _draw(self, generation: Generation, stage: Stage) -> None:
        now = await self._sight.look(generation.id)
        if now is not None and now.progress_message_id is not None and STAGES.get(now.state) is stage:
            await self._notifier.progress(replace(now, position=generation.position), stage)

    async def _draw_end(self, generation: Generation) -> None:
        now = await self._sight.look(generation.id)
        if now is not None and now.state in _ENDS_IN_WORDS:
            await self._notifier.end_progress(now)

    async def _draw_variants(self, one: Generation) -> None:
        """What all variants together have come to: one drawing after the other, until nothing is new."""
        async with self._turns.setdefault(one.draft_id, asyncio.Lock()):
            while await self._draw_next(one):
                pass

    async def _draw_next(self, one: Generation) -> bool:
        now = await self._sight.look(one.id)
        if now is None or now.progress_message_id is None:
            return False
        stage = STAGES.get(now.state)
        # The first variant queues before the others: its place is the one that is told.
        queues = stage is Stage.QUEUED and one.variant == 1
        now = replace(now, position=one.position if queues else None)
        if not self._is_news(now, stage):
            return False
        self._remember(now, stage)
        if stage is None:
            await self._notifier.end_progress(now)
        else:
            await self._notifier.progress(now, stage)
        return True

    async def _quietly(self, generation: Generation, drawing: Awaitable[None]) -> None:
        limited = asyncio.wait_for(drawing, self._timings.progress_limit)
        # Awaited to its end, so that an edit cannot overtake the result that is sent after it.
        (outcome,) = await asyncio.gather(limited, return_exceptions=True)
        if isinstance(outcome, BaseException):
            logger.info(
                "progress was not shown",
                extra={"generation_id": generation.id, "reason": type(outcome).__name__},
            )

    def _forget_old(self) -> None:
        """Bounds the memory: whatever ended elsewhere (cancelled, failed by another path) was not forgotten."""
        if len(self._shown) < MOST_REMEMBERED:
            return
        for draft_id in list(self._shown)[: MOST_REMEMBERED // 2]:
            del self._shown[draft_id]

    def _remember(self, generation: Generation, stage: Stage | None) -> None:
        self._forget_old()
        moment = self._clock.monotonic()
        self._shown[generation.draft_id] = _Shown(stage, generation.position, generation.ready, moment)

    def _is_news(self, generation: Generation, stage: Stage | None) -> bool:
        """The end always is, once."""
        shown = self._shown.get(generation.draft_id)
        if shown is None:
            return True
        news = (stage, generation.position, generation.ready)
        changed = (shown.stage, shown.position, shown.ready) != news
        is_paced = self._clock.monotonic() - shown.at >= self._timings.progress_interval
        return changed and (stage is None or is_paced)
