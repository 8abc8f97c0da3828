"""The message that shows where a generation is: coalesced, and dropped before anything else is."""

import asyncio
import logging
from dataclasses import dataclass

from app.clock import Clock
from app.generation.entities import Generation
from app.generation.ports import Notifier
from app.generation.states import Stage
from app.generation.timings import Timings

logger = logging.getLogger(__name__)

MOST_REMEMBERED = 4000


@dataclass(frozen=True)
class _Shown:
    stage: Stage
    position: int | None
    at: float


class Progress:
    """Shows changes of stage, at most one every `progress_interval` seconds for each generation.

    What was shown is remembered in memory only: after a restart the same stage may be drawn once more.
    """

    def __init__(self, notifier: Notifier, clock: Clock, timings: Timings) -> None:
        self._notifier = notifier
        self._clock = clock
        self._timings = timings
        self._shown: dict[int, _Shown] = {}

    async def show(self, generation: Generation, stage: Stage) -> None:
        """Never raises and never takes longer than `progress_limit`: a message is not worth a generation."""
        if generation.progress_message_id is None or not self._is_news(generation, stage):
            return
        self._forget_old()
        self._shown[generation.id] = _Shown(stage, generation.position, self._clock.monotonic())
        sending = asyncio.wait_for(self._notifier.progress(generation, stage), self._timings.progress_limit)
        # Awaited to its end, so that an edit cannot overtake the result that is sent after it.
        (outcome,) = await asyncio.gather(sending, return_exceptions=True)
        if isinstance(outcome, BaseException):
            logger.info(
                "progress was not shown",
                extra={"generation_id": generation.id, "reason": type(outcome).__name__},
            )

    def forget(self, generation_id: int) -> None:
        """Nothing more will be shown of it."""
        self._shown.pop(generation_id, None)

    def _forget_old(self) -> None:
        """Bounds the memory: whatever ended elsewhere (cancelled, failed by another path) was not forgotten."""
        if len(self._shown) < MOST_REMEMBERED:
            return
        for generation_id in list(self._shown)[: MOST_REMEMBERED // 2]:
            del self._shown[generation_id]

    def _is_news(self, generation: Generation, stage: Stage) -> bool:
        shown = self._shown.get(generation.id)
        if shown is None:
            return True
        changed = (shown.stage, shown.position) != (stage, generation.position)
        return changed and self._clock.monotonic() - shown.at >= self._timings.progress_interval
