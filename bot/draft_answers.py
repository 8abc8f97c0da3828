"""What a file, or an earlier result, answers in a draft, and the screen after it."""

from app.users import Draft, DraftService
from bot.attaching import Attached, Misfit
from bot.draft_screens import DraftScreens
from bot.views.problems import problem_text
from bot.visit import Visit

NOTHING = Attached((), continues=False)


class DraftAnswers:
    """Takes answers over and shows where the draft is then."""

    def __init__(self, drafts: DraftService, draft_screens: DraftScreens) -> None:
        self._drafts = drafts
        self._draft_screens = draft_screens

    async def take(self, visit: Visit, draft: Draft, attached: Attached, misfit: Misfit | None) -> None:
        """The answers, and above the next screen what was not taken."""
        changed = await self._drafts.answer(
            visit.step, visit.user.id, draft.id, draft.revision, *attached.answers
        )
        view = await self._draft_screens.here(visit.words, visit.step.epoch, changed)
        if misfit is not None and not visit.replayed:
            view = view.noting(problem_text(visit.words, misfit.parameter, misfit.problem))
        await visit.show(view, in_place=attached.continues)
