"""A person's files on their way into a draft: at once, or after their sender has agreed to the terms."""

from app.catalogue import Catalogue
from app.users import Attachment, AttachmentService, Draft, DraftService, DraftState
from bot.attaching import Attached, attach_all
from bot.callbacks import Onwards
from bot.consent_desk import ConsentDesk
from bot.draft_answers import NOTHING, DraftAnswers
from bot.media_screens import FileScreens
from bot.visit import Visit


class DraftFiles:
    """Takes over what a file means to a draft."""

    def __init__(
        self,
        attachments: AttachmentService,
        drafts: DraftService,
        answers: DraftAnswers,
        file_screens: FileScreens,
        catalogue: Catalogue,
        consent_desk: ConsentDesk,
    ) -> None:
        self._attachments = attachments
        self._drafts = drafts
        self._answers = answers
        self._file_screens = file_screens
        self._catalogue = catalogue
        self._consent_desk = consent_desk

    async def take(self, visit: Visit, draft: Draft, attached: Attached, attachment: Attachment) -> None:
        """A file that fits the open draft; without consent it waits, and the rest of its album with it."""
        if await self._consent_desk.given(visit):
            await self._answers.take(visit, draft, attached, None)
            return
        place, about = visit.screen.place, attachment.message_id
        waiting = await self._attachments.keep(visit.step.epoch, place.chat_id, visit.user.id, attachment)
        await self._consent_desk.ask(visit, Onwards.DRAFT, about, draft=draft.id, in_place=waiting > 1)

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
        await self._answers.take(visit, draft, attached or NOTHING, misfit)
