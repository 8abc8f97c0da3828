"""Where a file goes in a draft, or which models take it; pure, over the catalogue's rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalogue import (
    InputProblem,
    Inputs,
    InputValue,
    MediaFile,
    ModelSpec,
    Parameter,
    Problem,
    media_in,
    validate_inputs,
    value_problem,
)
from app.users import Answer, Attachment, Draft, advanced
from bot.media import TELEGRAM_MEGABYTES, is_too_heavy
from bot.questions import main_text, new_element, open_question, prompted, read_answer


@dataclass(frozen=True, slots=True)
class Attached:
    """The answers that a file and its caption are; `continues`: others of its album were there before."""

    answers: tuple[Answer, ...]
    continues: bool


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a file, or its caption, is not taken."""

    parameter: Parameter
    problem: InputProblem
    continues: bool


def attach(spec: ModelSpec, draft: Draft, file: MediaFile, caption: str) -> Attached | Misfit | None:
    """What a file means to a draft; None when its model takes no files at all."""
    parameter = _place(spec, draft, file)
    if parameter is None or parameter.media is None:
        return None
    before = [it for it in media_in(draft.answer_to(parameter.name)) if not _is_same(it, file)]
    continues = file.album is not None and any(it.album == file.album for it in before)
    several = parameter.media.max_count > 1
    kept = [*before, file] if several or continues else [file]
    value: InputValue = [it.reference for it in _in_order(kept)]
    problem = _problem(spec, parameter, file, value)
    if problem is not None:
        return Misfit(parameter, problem, continues)
    words = _caption_answer(spec, draft, caption, continues=continues)
    if isinstance(words, Misfit):
        return words
    return Attached((Answer(parameter.name, value), *words), continues)


def attach_all(
    spec: ModelSpec, draft: Draft, album: Sequence[Attachment]
) -> tuple[Attached | None, Misfit | None]:
    """What the files of an album mean to a draft, one after the other; the first that is not taken, beside it."""
    answers: dict[str, Answer] = {}
    misfit: Misfit | None = None
    for attachment in album:
        outcome = attach(spec, draft, attachment.file, attachment.caption)
        if isinstance(outcome, Misfit):
            misfit = misfit or outcome
        elif outcome is not None:
            answers |= {answer.parameter: answer for answer in outcome.answers}
            draft = advanced(spec, draft, *outcome.answers)
    return (Attached(tuple(answers.values()), continues=False) if answers else None), misfit


def started_with(spec: ModelSpec, album: Sequence[Attachment]) -> Inputs | None:
    """The inputs that files and their captions give a model; None when it does not take all of them."""
    files: dict[str, InputValue] = {}
    for attachment in album:
        parameter = free_place(spec, attachment.file, files)
        if parameter is None:
            return None
        given = files.get(parameter.name)
        files[parameter.name] = [
            *(it.reference for it in media_in(given)),
            attachment.file.reference,
        ]
    refused = {problem.parameter for problem in validate_inputs(spec, files)}
    if not files or any(name in refused for name in files):
        return None
    captions = "\n".join(it.caption for it in album if it.caption)
    return {**prompted(spec, captions), **files}


def lives_on_files(spec: ModelSpec) -> bool:
    """Whether a model cannot do without a file: what most people send one for."""
    return any(it.required and it.media is not None for it in spec.parameters)


def _is_same(one: MediaFile, other: MediaFile) -> bool:
    """A message brings one file; an earlier result comes without a message."""
    if other.message_id is None:
        return one.unique_id == other.unique_id
    return one.message_id == other.message_id


def _in_order(files: Sequence[MediaFile]) -> Sequence[MediaFile]:
    """As their messages came; with an earlier result among them, as they were chosen."""
    numbers = [it.message_id for it in files if it.message_id is not None]
    return files if len(numbers) < len(files) else sorted(files, key=lambda it: it.message_id or 0)


def _place(spec: ModelSpec, draft: Draft, file: MediaFile) -> Parameter | None:
    """The open question, else the first input for such files that has room, else the first one for files.

    At a list of parts the file begins a new element.
    """
    question = open_question(spec, draft)
    if question is not None and question.media is not None:
        return question
    element = None if question is None else new_element(spec, draft, question, file.kind)
    if element is not None:
        return element
    takers = [it for it in spec.parameters if it.media is not None]
    alike = [it for it in takers if it.media is not None and it.media.kind is file.kind]
    return free_place(spec, file, draft.inputs) or next(iter(alike), next(iter(takers), None))


def free_place(spec: ModelSpec, file: MediaFile, inputs: Inputs) -> Parameter | None:
    """The first input for such files that has room for one more."""
    takers = (it for it in spec.parameters if it.media is not None and it.media.kind is file.kind)
    return next((it for it in takers if _has_room(it, inputs)), None)


def _has_room(parameter: Parameter, inputs: Inputs) -> bool:
    return parameter.media is not None and (
        len(media_in(inputs.get(parameter.name))) < parameter.media.max_count
    )


def _problem(
    spec: ModelSpec, parameter: Parameter, file: MediaFile, value: InputValue
) -> InputProblem | None:
    if is_too_heavy(file):
        return InputProblem(parameter.name, Problem.TOO_HEAVY, str(TELEGRAM_MEGABYTES))
    if spec.parameter(parameter.name) == parameter:
        found = validate_inputs(spec, {parameter.name: value})
    else:
        problem = value_problem(parameter, value)
        found = () if problem is None else (problem,)
    refused = (it for it in found if it.parameter == parameter.name and it.rule != Problem.TOO_FEW)
    return next(refused, None)


def _caption_answer(
    spec: ModelSpec, draft: Draft, caption: str, *, continues: bool
) -> tuple[Answer, ...] | Misfit:
    """The caption is the description; those of one album are all kept."""
    parameter = main_text(spec)
    if parameter is None or not caption:
        return ()
    before = draft.inputs.get(parameter.name)
    joined = f"{before}\n{caption}" if continues and before else caption
    value = read_answer(parameter, joined)
    if isinstance(value, InputProblem):
        return Misfit(parameter, value, continues)
    return (Answer(parameter.name, value),)
