"""Drafts: what a person is choosing, answer by answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.catalogue import Catalogue, Inputs, InputValue, ModelKey, Place, media_in
from app.db import Database, ReadSession, Session
from app.inbox import Step, apply_once
from app.users import elements, repository, wizard
from app.users.consents import ConsentService
from app.users.draft import Answer, Draft
from app.users.errors import DraftNotFoundError, UnknownUserError
from app.users.states import DraftState, before

NO_INPUTS: Inputs = {}


class DraftService:
    """Every change names the revision it was made for and applies once per event; what alters nothing keeps it.

    For another revision, a closed draft or a replayed event nothing is applied and the draft comes back as it is
    now. A draft that the person does not own raises DraftNotFoundError, as one that never existed.
    """

    def __init__(self, database: Database, catalogue: Catalogue, consents: ConsentService) -> None:
        self._database = database
        self._catalogue = catalogue
        self._consents = consents

    async def open(
        self, step: Step, user_id: int, model_key: ModelKey, inputs: Mapping[str, InputValue] = NO_INPUTS
    ) -> Draft:
        """Begins a draft and abandons the open one.

        Of `inputs` (a repeat, a preset) only what the catalogue accepts today is taken over; the rest is asked
        again, or chosen beforehand where the catalogue has a default. Raises UnknownModelError and
        UnknownUserError.
        """
        spec = self._catalogue.get(model_key)
        inputs = wizard.begun(spec, inputs)
        begun = Draft(
            id=0,
            user_id=user_id,
            model_key=model_key,
            inputs=inputs,
            revision=1,
            asking=wizard.first_unanswered(spec, inputs),
            state=DraftState.OPEN,
        )
        async with self._database.unit_of_work(step.epoch) as session:
            if not await apply_once(session, step):
                return _existing(None, await repository.find_latest_draft(session, user_id))
            if await repository.lock_user(session, user_id) is None:
                raise UnknownUserError(user_id)
            await repository.abandon_open_draft(session, user_id)
            return await repository.insert_draft(session, begun)

    async def current(self, user_id: int) -> Draft | None:
        """The person's open draft."""
        async with self._database.snapshot() as session:
            return await repository.find_open_draft(session, user_id)

    async def get(self, user_id: int, draft_id: int) -> Draft | None:
        """A draft of this person in whatever state; None for somebody else's."""
        async with self._database.snapshot() as session:
            return await repository.find_draft(session, user_id, draft_id)

    async def read(self, session: ReadSession, user_id: int, draft_id: int) -> Draft | None:
        """As `get`, inside the caller's unit or snapshot."""
        return await repository.find_draft(session, user_id, draft_id)

    async def answer(self, step: Step, user_id: int, draft_id: int, revision: int, *answers: Answer) -> Draft:
        """Takes the values over and asks the next question.

        A question for several files stays open while there is room for more, a list of parts until it is said to be
        done. Raises InvalidAnswerError when the catalogue refuses a value, and ConsentMissingError for own files of
        somebody who has not agreed to the terms; then none is taken over.
        """
        if any(file.place is Place.TELEGRAM for answer in answers for file in media_in(answer.value)):
            async with self._database.snapshot() as session:
                await self._consents.require(session, user_id)

        def answered(draft: Draft) -> Draft:
            return wizard.advanced(self._catalogue.get(draft.model_key), draft, *answers)

        return await self._change(step, user_id, draft_id, revision, answered)

    async def ask(
        self, step: Step, user_id: int, draft_id: int, revision: int, parameter: str | None
    ) -> Draft:
        """Asks for one parameter again, or (None) goes on to whatever is still unanswered.

        `shots.duration` begins a new element of that list.
        """

        def asking(draft: Draft) -> Draft:
            return wizard.asked(self._catalogue.get(draft.model_key), draft, parameter)

        return await self._change(step, user_id, draft_id, revision, asking)

    async def back(self, step: Step, user_id: int, draft_id: int, revision: int) -> Draft:
        """Takes the last required answer back and asks for it again.

        From a question the person was not led to (a setting, a change) it only leaves that question. Where
        nothing was answered yet the same question stays.
        """

        def stepped_back(draft: Draft) -> Draft:
            spec = self._catalogue.get(draft.model_key)
            inputs, asking = wizard.stepped_back(spec, draft.inputs, draft.asking)
            return replace(draft, inputs=inputs, asking=asking)

        return await self._change(step, user_id, draft_id, revision, stepped_back)

    async def abandon(self, step: Step, user_id: int, draft_id: int) -> None:
        """Closes an open draft for good; a closed one stays as it is."""
        async with self._database.unit_of_work(step.epoch) as session:
            draft = _existing(draft_id, await repository.lock_draft(session, user_id, draft_id))
            if await apply_once(session, step) and draft.state in before(DraftState.ABANDONED):
                closed = replace(draft, state=DraftState.ABANDONED, asking=None, revision=draft.revision + 1)
                await repository.save_draft(session, closed)

    async def mark_submitted(self, session: Session, draft_id: int, revision: int) -> bool:
        """Inside the unit that makes the generation: True when this very revision was open and now is submitted.

        The row stays locked to the end of the unit, and the revision stays what the person confirmed.
        """
        return await repository.submit_draft(session, draft_id, revision)

    async def _change(
        self, step: Step, user_id: int, draft_id: int, revision: int, change: Callable[[Draft], Draft]
    ) -> Draft:
        async with self._database.unit_of_work(step.epoch) as session:
            draft = _existing(draft_id, await repository.lock_draft(session, user_id, draft_id))
            first_time = await apply_once(session, step)
            if not first_time or draft.state is not DraftState.OPEN or draft.revision != revision:
                return draft
            changed = self._completed(change(draft))
            if changed == draft:
                return draft
            changed = replace(changed, revision=draft.revision + 1)
            await repository.save_draft(session, changed)
            return changed

    def _completed(self, draft: Draft) -> Draft:
        spec = self._catalogue.get(draft.model_key)
        return replace(draft, inputs=elements.completed(spec, draft.inputs, draft.asking))


def _existing(draft_id: int | None, draft: Draft | None) -> Draft:
    if draft is None:
        raise DraftNotFoundError(draft_id)
    return draft
