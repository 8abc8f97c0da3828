"""A question of the wizard, and the list of settings."""

from decimal import Decimal

from app.catalogue import ModelSpec, Parameter, ParameterKind
from app.generation import ImprovementOffer
from app.users import Draft, elements_of
from bot.awaiting import DRAFT
from bot.inputs_text import answered_lines, input_lines, value_text
from bot.keyboards.wizard import question_keyboard, settings_keyboard
from bot.questions import settings_of
from bot.texts import Markup, Words
from bot.view import View
from bot.views.media import files_lines


def question_view(
    words: Words,
    spec: ModelSpec,
    draft: Draft,
    parameter: Parameter,
    offer: ImprovementOffer | None = None,
) -> View:
    """What was answered, what is asked, its limits, what it is now; `offer`: the text could be said better."""
    about = offer if offer is not None and offer.parameter == parameter.name else None
    lines = [
        words("question-title", model=spec.name),
        *answered_lines(words, spec, draft.inputs, but=parameter),
        "",
        *_element(words, spec, draft, parameter),
        words("question", label=parameter.label.get(words.language)),
        *_help(words, parameter),
        *_limits(words, draft, parameter),
        *_present(words, draft, parameter),
    ]
    return View(Markup("\n".join(lines)), question_keyboard(words, spec, draft, parameter, about), DRAFT)


def settings_view(words: Words, spec: ModelSpec, draft: Draft) -> View:
    """The inputs that need no answer, with what they are now."""
    parameters = settings_of(spec)
    lines = [words("settings", model=spec.name), "", *input_lines(words, parameters, draft.inputs)]
    return View(Markup("\n".join(lines)), settings_keyboard(words, draft, parameters), DRAFT)


def _element(words: Words, spec: ModelSpec, draft: Draft, question: Parameter) -> list[Markup]:
    """Of a question about an element of a list: which element, and what is known of it."""
    whole = spec.parameter(question.name.partition(".")[0])
    elements = () if whole in (None, question) else elements_of(draft.inputs.get(whole.name))
    if whole is None or not elements:
        return []
    parts = [
        it for it in whole.parts if it.name in elements[-1] and not question.name.endswith(f".{it.name}")
    ]
    title = words("part-title", label=whole.label.get(words.language), number=len(elements))
    return [title, *input_lines(words, parts, elements[-1]), Markup("")]


def _help(words: Words, parameter: Parameter) -> list[Markup]:
    if parameter.help is None:
        return []
    return [words("question-help", text=parameter.help.get(words.language))]


def _limits(words: Words, draft: Draft, parameter: Parameter) -> list[Markup]:
    if parameter.media is not None:
        return files_lines(words, parameter.media, draft.answer_to(parameter.name))
    if parameter.kind is ParameterKind.RESULT:
        return [words("limit-result")]
    if parameter.kind is ParameterKind.TEXT and parameter.max_length is not None:
        return [words("limit-text", most=parameter.max_length)]
    if parameter.kind is ParameterKind.NUMBER and None not in (parameter.minimum, parameter.maximum):
        return [words("limit-number", least=_number(parameter.minimum), most=_number(parameter.maximum))]
    if parameter.choices:
        return [words("limit-choice")]
    return []


def _present(words: Words, draft: Draft, parameter: Parameter) -> list[Markup]:
    """The value that holds if nothing is changed; a choice marks it on its button instead."""
    given = draft.answer_to(parameter.name)
    value = parameter.default if given is None else given
    if value is None or parameter.choices or parameter.media is not None:
        return []
    return [words("question-present", value=value_text(words, parameter, value))]


def _number(bound: Decimal | None) -> str:
    return "" if bound is None else f"{bound.normalize():f}"
