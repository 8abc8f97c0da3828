"""The first drawing of a progress, which the jobs may overtake."""

from app.generation import STAGES, Generation, GenerationService, Stage, State
from bot.generation_screens import GenerationScreens
from bot.view import View
from bot.visit import Visit


class ProgressMessage:
    """Draws it in place of the tapped card; from then on the jobs draw it, wherever it stands."""

    def __init__(self, generations: GenerationService, screens: GenerationScreens) -> None:
        self._generations = generations
        self._screens = screens

    async def begin(self, visit: Visit, generation: Generation) -> None:
        """Right after the tap on the price."""
        await self._draw(visit, generation, self._screens.submitted(visit.words, generation))

    async def begin_again(self, visit: Visit, generation: Generation) -> None:
        """The first drawing may be lost: once more, as it is now; what has ended has said so already."""
        view = self._screens.under_way(visit.words, generation)
        if view is None:
            # The card is its progress all the same, and no screen any more that the next one would take away.
            await visit.screen.release()
        else:
            await self._draw(visit, generation, view)

    async def _draw(self, visit: Visit, generation: Generation, view: View) -> None:
        """What happens to the generation while the view is on its way is drawn over it."""
        message_id = await visit.replace(view)
        await visit.screen.release()
        if message_id is None:
            return
        drawn = generation
        # A life only goes forward, so there are no more drawings than stages.
        for _ in Stage:
            now = await self._placed(visit, generation, message_id)
            if not _is_overtaken(drawn, now, message_id):
                return
            await visit.screen.redraw(message_id, self._view(visit, now))
            drawn = now

    async def _placed(self, visit: Visit, generation: Generation, message_id: int) -> Generation:
        return await self._generations.place_progress(
            visit.step.epoch, visit.user.id, generation.id, message_id
        )

    def _view(self, visit: Visit, now: Generation) -> View | None:
        return self._screens.under_way(visit.words, now) or self._screens.last_progress(visit.words, now)


def _is_overtaken(drawn: Generation, now: Generation, message_id: int) -> bool:
    if now.state is State.FAILED:
        # Whoever tells it takes the message away that it knew of; only another one is left to us.
        return now.told_at is not None and drawn.progress_message_id != message_id
    return STAGES.get(now.state) is not STAGES.get(drawn.state)
