"""An earlier result as the provider knows it: its task, its song, its resolution. What some models go on from."""

from app.catalogue import (
    Catalogue,
    InputProblem,
    Inputs,
    Made,
    ModelSpec,
    PastResult,
    Problem,
    gone_on_with,
    needs_track,
    results_asked,
    results_given,
)
from app.db import Database, ReadSession
from app.generation import repository
from app.generation.entities import Generation
from app.generation.results.links import FileName
from app.generation.results.repository import has_task, list_to_go_on

KEPT_SECONDS = 13 * 24 * 3600.0
"""How old a task may be that is gone on from: the provider keeps what it made for 14 days."""

RESOLUTION = "resolution"
"""The input by which a clip was made as large as it is."""

LOOKED_THROUGH = 60
"""Tasks that are looked at for one page, of which some may not fit."""


class PastTasks:
    """The results of a person that a model can go on from; nobody else's are, whatever a button says."""

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    async def listed(
        self, user_id: int, spec: ModelSpec, *, before: int | None, limit: int
    ) -> tuple[Generation, ...]:
        """This person's generations that this model goes on from, newest first, with ids below `before`."""
        found: list[Generation] = []
        async with self._database.snapshot() as session:
            for generation_id in await list_to_go_on(
                session, user_id, _makers(spec), kept=KEPT_SECONDS, before=before, limit=LOOKED_THROUGH
            ):
                generation = await repository.find(session, generation_id)
                if generation is not None and self.places(spec, generation):
                    found.append(generation)
                if len(found) == limit:
                    break
        return tuple(found)

    async def inputs(self, user_id: int, spec: ModelSpec, name: FileName) -> Inputs | None:
        """What a result gives the model; None where it is not this person's, is too old, or does not fit."""
        async with self._database.snapshot() as session:
            generation = await repository.find_own(session, user_id, name.generation_id)
        if generation is None or name.number not in self.places(spec, generation):
            return None
        return gone_on_with(spec, self._made(generation, name.number))

    async def numbers(self, user_id: int, spec: ModelSpec, generation_id: int) -> tuple[int, ...]:
        """As `places`; nothing where it is not this person's."""
        async with self._database.snapshot() as session:
            generation = await repository.find_own(session, user_id, generation_id)
        return () if generation is None else self.places(spec, generation)

    def leading(self, generation: Generation) -> Made | None:
        """What a result leads on from, as the provider knows it: its first file of the kind that was to be made."""
        return leading_made(self._catalogue.get(generation.model_key), generation)

    def places(self, spec: ModelSpec, generation: Generation) -> tuple[int, ...]:
        """The numbers of the files of a result that this model goes on from; the first stands for a whole task."""
        if not _is_kept(generation):
            return ()
        count = len(generation.results) if needs_track(spec) else min(len(generation.results), 1)
        numbers = range(1, count + 1)
        return tuple(it for it in numbers if gone_on_with(spec, self._made(generation, it)) is not None)

    def _made(self, generation: Generation, number: int) -> Made:
        return _made_of(self._catalogue.get(generation.model_key), generation, number)


def leading_made(source: ModelSpec, generation: Generation) -> Made | None:
    """A result of this model as the provider knows it; None where it keeps it no more."""
    if not _is_kept(generation):
        return None
    kinds = [it.kind for it in generation.results]
    return (
        _made_of(source, generation, kinds.index(generation.produces) + 1)
        if generation.produces in kinds
        else None
    )


async def lost_input(
    session: ReadSession, user_id: int, spec: ModelSpec, inputs: Inputs
) -> InputProblem | None:
    """The earlier result among the inputs that is not this person's, or that the provider keeps no more."""
    for name, past in results_given(spec, inputs):
        if not await has_task(session, user_id, past.task, _makers(spec), kept=KEPT_SECONDS):
            return InputProblem(name, Problem.RESULT_GONE)
    return None


def _makers(spec: ModelSpec) -> frozenset[str]:
    return frozenset(key for it in results_asked(spec) for key in it.of)


def _is_kept(generation: Generation) -> bool:
    since = generation.submitted_at or generation.created_at
    return generation.task_id is not None and (generation.seen_at - since).total_seconds() <= KEPT_SECONDS


def _made_of(source: ModelSpec, generation: Generation, number: int) -> Made:
    result = PastResult(
        task=generation.task_id or "",
        track=generation.results[number - 1].track,
        resolution=_resolution(source, generation),
        generation=generation.id,
    )
    return Made(generation.model_key, result)


def _resolution(source: ModelSpec, generation: Generation) -> str | None:
    """As it was asked for; what goes on from a clip keeps that clip's."""
    asked = generation.request.get(RESOLUTION)
    if isinstance(asked, str):
        return asked
    return next((past.resolution for _, past in results_given(source, generation.inputs)), None)
