"""Files on their way into a draft: at once, or after their sender has agreed to the terms."""

from app.catalogue import Catalogue, MediaFile, ModelSpec
from app.generation import EarlierResults, FileName
from app.offers import begun_with
from app.users import Attachment, AttachmentService, Draft, DraftService, DraftState
from bot.attaching import Attached, Misfit, attach, attach_all
from bot.callbacks import Onwards
from bot.consent_desk import ConsentDesk
from bot.draft_screens import DraftScreens
from bot.media_screens import FileScreens
from bot.views.problems import problem_text
from bot.visit import Visit

NOTHING = Attached((), continues=False)


class DraftFiles:
    """Takes over what a file means to a draft."""

    def __init__(
        self,
        attachments: AttachmentService,
        drafts: DraftService,
        draft_screens: DraftScreens,
        file_screens: FileScreens,
        catalogue: Catalogue,
        consent_desk: ConsentDesk,
        earlier: EarlierResults,
    ) -> None:
        self._attachments = attachments
        self._drafts = drafts
        self._draft_screens = draft_screens
        self._file_screens = file_screens
        self._catalogue = catalogue
        self._consent_desk = consent_desk
        self._earlier = earlier

    async def take(self, visit: Visit, draft: Draft, attached: Attached, attachment: Attachment) -> None:
        """A file that fits the open draft; without consent it waits, and the rest of its album with it."""
        if await self._consent_desk.given(visit):
            await self._answer(visit, draft, attached, None)
            return
        place, about = visit.screen.place, attachment.message_id
        waiting = await self._attachments.keep(visit.step.epoch, place.chat_id, visit.user.id, attachment)
        await self._consent_desk.ask(visit, Onwards.DRAFT, about, draft=draft.id, in_place=waiting > 1)

    async def begin_with(self, visit: Visit, spec: ModelSpec, file: MediaFile) -> None:
        """A new draft of this model with an earlier result in it, or with the question that says why not."""
        inputs = begun_with(spec, file)
        draft = await self._drafts.open(visit.step, visit.user.id, spec.key, inputs or {})
        outcome = attach(spec, draft, file, "") if inputs is None else None
        await self._answer(visit, draft, NOTHING, outcome if isinstance(outcome, Misfit) else None)

    async def take_result(self, visit: Visit, draft: Draft, name: FileName) -> None:
        """An earlier result as an answer to the open question; a toast where it is gone, or not this person's."""
        file = await self._earlier.find(visit.user.id, name)
        if file is None:
            visit.say("toast-result-gone")
            return
        outcome = attach(self._catalogue.get(draft.model_key), draft, file, "")
        if isinstance(outcome, Attached):
            await self._answer(visit, draft, outcome, None)
        else:
            await self._answer(visit, draft, NOTHING, outcome)

    async def take_waiting(self, visit: Visit, draft_id: int, message_id: int) -> None:
        """The files that waited; where the draft does not take them (any more), the models that do."""
        draft = await self._drafts.get(visit.user.id, draft_id)
        place = visit.screen.place
        album = await self._attachments.album(place.chat_id, visit.user.id, message_id)
        if draft is None or draft.state is not DraftState.OPEN:
            await self._file_screens.page(visit, message_id, 0)
            return
        attached, misfit = attach_all(self._catalogue.get(draft.model_key), draft, album)
        if attached is None and misfit is None:
            await self._file_screens.page(visit, message_id, 0)
            return
        await self._answer(visit, draft, attached or NOTHING, misfit)

    async def _answer(self, visit: Visit, draft: Draft, attached: Attached, misfit: Misfit | None) -> None:
        changed = await self._drafts.answer(
            visit.step, visit.user.id, draft.id, draft.revision, *attached.answers
        )
        view = await self._draft_screens.here(visit.words, visit.step.epoch, changed)
        if misfit is not None and not visit.replayed:
            view = view.noting(problem_text(visit.words, misfit.parameter, misfit.problem))
        await visit.show(view, in_place=attached.continues)
