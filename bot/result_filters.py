"""What must hold of a result, or of a generation whose inputs are carried on, before a handler runs."""

from collections.abc import Sequence
from typing import TypedDict

from aiogram.types import TelegramObject

from app.catalogue import Catalogue, Inputs, MediaFile, ModelSpec, Parameter, ParameterKind, taker_of
from app.generation import EarlierResults, FileName, PastTasks
from app.users import Draft, User
from bot.questions import open_question
from bot.result_callbacks import OnwardTap


class GivesFile(TypedDict):
    """A file of an earlier result of this person."""

    file: MediaFile


class GivesNumbers(TypedDict):
    """The places of the files that may be meant."""

    numbers: Sequence[int]


class GivesInputs(TypedDict):
    """What an earlier result gives a model."""

    inputs: Inputs


class GivesQuestion(TypedDict):
    """The open question, which is for files or for an earlier result."""

    parameter: Parameter


async def one_file(
    event: TelegramObject, callback_data: OnwardTap, spec: ModelSpec, earlier: EarlierResults, user: User
) -> bool | GivesFile:
    """After `for_sale`: it is clear which file is meant, it is the person's own, and it can still be had."""
    numbers = await _files(callback_data, spec, earlier, user)
    if len(numbers) != 1:
        return False
    file = await earlier.find(user.id, FileName(callback_data.generation, numbers[0]))
    return False if file is None else GivesFile(file=file)


async def one_task(
    event: TelegramObject, callback_data: OnwardTap, spec: ModelSpec, past_tasks: PastTasks, user: User
) -> bool | GivesInputs:
    """After `one_file`: the model goes on from the result as the provider knows it, and it is clear from which."""
    numbers = await _tasks(callback_data, spec, past_tasks, user)
    if len(numbers) != 1:
        return False
    inputs = await past_tasks.inputs(user.id, spec, FileName(callback_data.generation, numbers[0]))
    return False if inputs is None else GivesInputs(inputs=inputs)


async def several_files(
    event: TelegramObject,
    callback_data: OnwardTap,
    spec: ModelSpec,
    earlier: EarlierResults,
    past_tasks: PastTasks,
    user: User,
) -> bool | GivesNumbers:
    """After `for_sale`: the result is the person's own, and several of its files may be meant."""
    numbers = await _files(callback_data, spec, earlier, user)
    numbers = numbers or await _tasks(callback_data, spec, past_tasks, user)
    return GivesNumbers(numbers=numbers) if len(numbers) > 1 else False


async def asks_for_file(event: TelegramObject, draft: Draft, catalogue: Catalogue) -> bool | GivesQuestion:
    """After `live_draft`: its open question is for files, or for an earlier result."""
    question = open_question(catalogue.get(draft.model_key), draft)
    if question is None or question.kind not in (ParameterKind.MEDIA, ParameterKind.RESULT):
        return False
    return GivesQuestion(parameter=question)


async def _files(tap: OnwardTap, spec: ModelSpec, earlier: EarlierResults, user: User) -> list[int]:
    """The one that was chosen, else all that the model may take."""
    files = await earlier.files(user.id, tap.generation)
    fitting = [place for place, it in enumerate(files, start=1) if taker_of(spec, it.kind) is not None]
    return _chosen(tap, fitting)


async def _tasks(tap: OnwardTap, spec: ModelSpec, tasks: PastTasks, user: User) -> list[int]:
    """The same of what a model goes on from."""
    return _chosen(tap, await tasks.numbers(user.id, spec, tap.generation))


def _chosen(tap: OnwardTap, numbers: Sequence[int]) -> list[int]:
    return [it for it in numbers if tap.number in (0, it)]
