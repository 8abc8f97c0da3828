"""The screen that offers earlier results to the open question of a draft."""

from collections.abc import Sequence

from app.catalogue import Catalogue, ModelSpec, Parameter, results_asked
from app.generation import EarlierResults, PastTasks
from app.offers import Offers
from app.users import Draft
from bot.keyboards.past_files import Choosable
from bot.views.past_files import PAGE_SIZE, nothing_view, past_files_view
from bot.visit import Visit

MOST_MAKERS = 6
"""Models that are named to somebody who has nothing to go on from."""


class PastFileScreens:
    """Only this person's results are ever on it."""

    def __init__(
        self, earlier: EarlierResults, tasks: PastTasks, catalogue: Catalogue, offers: Offers
    ) -> None:
        self._earlier = earlier
        self._tasks = tasks
        self._catalogue = catalogue
        self._offers = offers

    async def show(self, visit: Visit, draft: Draft, parameter: Parameter, before: int | None) -> None:
        """What was made before that id; where nothing was, the way to make it, or one's own file, is told."""
        spec = self._catalogue.get(draft.model_key)
        found = await self._found(visit.user.id, spec, parameter, before)
        if found:
            view = past_files_view(
                visit.words, self._catalogue, draft, parameter, found, is_first=before is None
            )
            await visit.show(view)
        elif parameter.media is None:
            await visit.show(nothing_view(visit.words, spec, draft, self._makers(spec)))
        else:
            visit.say("toast-no-past-files")

    async def _found(
        self, user_id: int, spec: ModelSpec, parameter: Parameter, before: int | None
    ) -> Sequence[Choosable]:
        """One more than a page holds, where there are more."""
        limit = PAGE_SIZE + 1
        if parameter.media is None:
            tasks = await self._tasks.listed(user_id, spec, before=before, limit=limit)
            return [Choosable(it, self._tasks.places(spec, it)) for it in tasks]
        kind = parameter.media.kind
        made = await self._earlier.listed(user_id, kind, before=before, limit=limit)
        return [
            Choosable(it, [place for place, file in enumerate(it.results, start=1) if file.kind is kind])
            for it in made
        ]

    def _makers(self, spec: ModelSpec) -> Sequence[ModelSpec]:
        """On sale now, one that needs nothing made before first."""
        keys = {key for it in results_asked(spec) for key in it.of}
        sold = [it for it in self._offers.for_sale() if it.key in keys]
        return sorted(sold, key=lambda it: bool(results_asked(it)))[:MOST_MAKERS]
