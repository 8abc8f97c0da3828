"""The buttons of a question, and of the list of settings."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import Choice, InputValue, ModelSpec, Parameter, alternatives_to
from app.generation import ImprovementOffer
from app.users import Draft
from bot.callbacks import Ask, DraftAct, Pick, choice_digest, parameter_digest
from bot.keyboards.improve import improve_rows
from bot.keyboards.media import files_rows
from bot.keyboards.model import draft_tap
from bot.keyboards.past_files import past_files_row
from bot.keyboards.rows import Row, button, in_rows, keyboard
from bot.texts import Words


def question_keyboard(
    words: Words,
    spec: ModelSpec,
    draft: Draft,
    parameter: Parameter,
    offer: ImprovementOffer | None = None,
) -> InlineKeyboardMarkup:
    """The choices (the present value or the default marked), what ends a list of files or adds to it, Back, Cancel."""
    better = [] if offer is None else improve_rows(words, draft, offer)
    files = [*files_rows(words, draft, parameter), past_files_row(words, draft, parameter)]
    return keyboard(
        [
            *choice_rows(words, draft, parameter),
            *files,
            *better,
            _clear(words, draft, parameter),
            *alternative_rows(words, spec, draft, parameter),
            back_and_cancel(words, draft),
        ]
    )


def alternative_rows(words: Words, spec: ModelSpec, draft: Draft, parameter: Parameter) -> list[Row]:
    """To the inputs that may be answered instead, or changed so that this one is not needed."""
    others = alternatives_to(spec, draft.inputs, parameter.name)
    return in_rows((change_button(words, draft, it) for it in others), 2)


def choice_rows(words: Words, draft: Draft, parameter: Parameter) -> list[Row]:
    """One button per option, the present one marked; none for what is no choice."""
    return in_rows((_choice(words, draft, parameter, choice) for choice in parameter.choices), 3)


def settings_keyboard(words: Words, draft: Draft, parameters: Sequence[Parameter]) -> InlineKeyboardMarkup:
    """One button per input, and the way back to the card."""
    buttons = (ask_button(draft, it, it.label.get(words.language)) for it in parameters)
    back = button(words.plain("button-to-card"), draft_tap(draft, DraftAct.RESUME))
    return keyboard([*in_rows(buttons, 2), [back]])


def ask_button(draft: Draft, parameter: Parameter, text: str) -> InlineKeyboardButton:
    """A button that asks for one input."""
    digest = parameter_digest(parameter)
    return button(text, Ask(draft=draft.id, revision=draft.revision, parameter=digest))


def change_button(words: Words, draft: Draft, parameter: Parameter) -> InlineKeyboardButton:
    """The same, named after the input."""
    label = parameter.label.get(words.language)
    return ask_button(draft, parameter, words.plain("button-change", label=label))


def back_and_cancel(words: Words, draft: Draft) -> Row:
    """The last row of every screen of a draft."""
    return [
        button(words.plain("button-back"), draft_tap(draft, DraftAct.BACK)),
        button(words.plain("button-cancel"), draft_tap(draft, DraftAct.CANCEL)),
    ]


def _clear(words: Words, draft: Draft, parameter: Parameter) -> Row:
    """Takes back what nobody has to answer; files have a button of their own."""
    is_free = not parameter.required and parameter.media is None
    if not is_free or draft.answer_to(parameter.name) is None:
        return []
    return [button(words.plain("button-answer-clear"), draft_tap(draft, DraftAct.CLEAR))]


def _choice(words: Words, draft: Draft, parameter: Parameter, choice: Choice) -> InlineKeyboardButton:
    label = choice.label.get(words.language)
    marked = parameter.choice_of(_present(draft, parameter))
    text = words.plain("button-choice-marked", label=label) if choice == marked else label
    data = Pick(draft=draft.id, revision=draft.revision, choice=choice_digest(parameter, choice))
    return button(text, data)


def _present(draft: Draft, parameter: Parameter) -> InputValue | None:
    """What holds if nothing is tapped."""
    given = draft.answer_to(parameter.name)
    return parameter.default if given is None else given
