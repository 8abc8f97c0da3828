"""Earlier results on their way into a draft: as a file, or as the provider knows them."""

from app.catalogue import Catalogue, MediaFile, ModelSpec, ParameterKind
from app.generation import EarlierResults, FileName, PastTasks
from app.offers import begun_with
from app.users import Answer, Draft, DraftService
from bot.attaching import Attached, Misfit, attach
from bot.draft_answers import NOTHING, DraftAnswers
from bot.questions import open_question
from bot.visit import Visit


class DraftResults:
    """Takes over what an earlier result means to a draft; nobody else's result ever does."""

    def __init__(
        self,
        drafts: DraftService,
        answers: DraftAnswers,
        catalogue: Catalogue,
        earlier: EarlierResults,
        tasks: PastTasks,
    ) -> None:
        self._drafts = drafts
        self._answers = answers
        self._catalogue = catalogue
        self._earlier = earlier
        self._tasks = tasks

    async def begin_with(self, visit: Visit, spec: ModelSpec, file: MediaFile) -> None:
        """A new draft of this model with an earlier result in it, or with the question that says why not."""
        inputs = begun_with(spec, file)
        draft = await self._drafts.open(visit.step, visit.user.id, spec.key, inputs or {})
        outcome = attach(spec, draft, file, "") if inputs is None else None
        await self._answers.take(visit, draft, NOTHING, outcome if isinstance(outcome, Misfit) else None)

    async def take(self, visit: Visit, draft: Draft, name: FileName) -> None:
        """An earlier result as an answer to the open question; a toast where it is gone, or not this person's."""
        spec = self._catalogue.get(draft.model_key)
        question = open_question(spec, draft)
        is_task = question is not None and question.kind is ParameterKind.RESULT
        outcome = await (self._task if is_task else self._file)(visit, spec, draft, name)
        if outcome is None:
            visit.say("toast-result-gone")
        elif isinstance(outcome, Attached):
            await self._answers.take(visit, draft, outcome, None)
        else:
            await self._answers.take(visit, draft, NOTHING, outcome)

    async def _task(self, visit: Visit, spec: ModelSpec, draft: Draft, name: FileName) -> Attached | None:
        inputs = await self._tasks.inputs(visit.user.id, spec, name)
        if inputs is None:
            return None
        return Attached(tuple(Answer(*it) for it in inputs.items()), continues=False)

    async def _file(
        self, visit: Visit, spec: ModelSpec, draft: Draft, name: FileName
    ) -> Attached | Misfit | None:
        file = await self._earlier.find(visit.user.id, name)
        return None if file is None else attach(spec, draft, file, "")
