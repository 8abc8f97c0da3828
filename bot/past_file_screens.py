"""The screen that offers earlier results to the open question of a draft."""

from app.catalogue import Catalogue, Parameter
from app.generation import EarlierResults
from app.users import Draft
from bot.views.past_files import PAGE_SIZE, past_files_view
from bot.visit import Visit


class PastFileScreens:
    """Only this person's results are ever on it."""

    def __init__(self, earlier: EarlierResults, catalogue: Catalogue) -> None:
        self._earlier = earlier
        self._catalogue = catalogue

    async def show(self, visit: Visit, draft: Draft, parameter: Parameter, before: int | None) -> None:
        """What was made before that id; where nothing was, the question stays and a toast says so."""
        if parameter.media is None:
            return
        found = await self._earlier.listed(
            visit.user.id, parameter.media.kind, before=before, limit=PAGE_SIZE + 1
        )
        if not found:
            visit.say("toast-no-past-files")
            return
        view = past_files_view(visit.words, self._catalogue, draft, parameter, found, is_first=before is None)
        await visit.show(view)
