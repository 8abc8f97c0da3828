"""What a model asks: its parameters, and the values that answer them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.catalogue.localized import Localized

Scalar = str | int | float | bool
PartValue = str | int | float | bool | list[str]
"""One answer within a part: what an input may be, but no list of parts again."""

Part = Mapping[str, PartValue]
"""One element of a list of parts (a shot, a line of a dialogue): its own parameters' names to values."""

InputValue = str | int | float | bool | list[str] | list[Part]
"""Text, choice and earlier result: str (a choice may be a number or bool, too); switch: bool; number: int or
float; media: list of references, also where only one is allowed; parts: list of `Part`."""

Inputs = Mapping[str, InputValue]


class Modality(StrEnum):
    """What is made of: of a result, or of a file that goes in."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


class ParameterKind(StrEnum):
    """How a parameter is asked and what its value is."""

    TEXT = "text"
    CHOICE = "choice"
    SWITCH = "switch"
    NUMBER = "number"
    MEDIA = "media"
    PARTS = "parts"  # a list of parts, each with parameters of its own (`Parameter.parts`)
    RESULT = "result"  # an earlier result, as a `PastResult`


class Wire(StrEnum):
    """How a value is written in the request to the provider."""

    AS_IS = "as_is"  # of an earlier result: its task id
    STRING = "string"  # a number that the provider wants in quotes
    SINGLE = "single"  # the one reference of a media parameter, without the list around it
    TRACK = "track"  # of an earlier result: the id of the one track among its songs


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a choice or a switch; `value` is what the provider gets."""

    value: Scalar
    label: Localized

    @property
    def raw(self) -> str:
        """The value as text, for callback data; `parse_answer` takes it back."""
        return raw_of(self.value)


@dataclass(frozen=True, slots=True)
class MediaRule:
    """Which files a media parameter takes: size in megabytes (10**6 bytes), length in seconds; None = no limit."""

    kind: Modality
    min_count: int = 1
    max_count: int = 1
    max_megabytes: Decimal | None = None
    mime: tuple[str, ...] = ()
    min_seconds: Decimal | None = None
    max_seconds: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One input of a model. Fields that do not belong to its kind keep their empty defaults.

    Lengths are in characters, `minimum`, `maximum` and `step` in the parameter's own unit; a whole `step`
    makes an integer. `choices` is filled for choices and switches. `advanced` ones are folded away. `of`: keys of
    the models whose results an earlier result may be; one pick answers all such parameters of a model.
    `example`: what may be typed into a text. `quote`: the provider's sentence that the limits keep.
    """

    name: str
    kind: ParameterKind
    label: Localized
    help: Localized | None = None
    example: Localized | None = None
    required: bool = False
    default: Scalar | None = None
    advanced: bool = False
    choices: tuple[Choice, ...] = ()
    min_length: int = 0
    max_length: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    media: MediaRule | None = None
    parts: tuple["Parameter", ...] = ()
    max_parts: int | None = None
    of: tuple[str, ...] = ()
    wire: Wire = Wire.AS_IS
    send_default: bool = True
    quote: str = ""

    @property
    def is_prechosen(self) -> bool:
        """True for a required choice or switch with a default: it is shown as chosen instead of being asked."""
        return self.required and bool(self.choices) and self.default is not None

    def choice_of(self, value: InputValue | None) -> Choice | None:
        """The choice with this value; None when there is none."""
        return next((choice for choice in self.choices if same_value(choice.value, value)), None)

    def part(self, name: str) -> "Parameter | None":
        """The parameter of a part, by name."""
        return next((part for part in self.parts if part.name == name), None)


def raw_of(value: Scalar) -> str:
    """A value as text: `true` and `false` for switches, everything else as Python writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def same_value(one: InputValue | None, other: InputValue | None) -> bool:
    """Equality that tells True from 1 and "5" from 5."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def is_given(value: InputValue | None) -> bool:
    """False for what counts as no answer: None, an empty text, an empty list."""
    return value is not None and value not in ("", [])


def media_values(
    parameters: Iterable[Parameter], inputs: Inputs
) -> Iterator[tuple[str, MediaRule, list[str]]]:
    """Every given input that holds files, also within a list of parts, by its name (`shots.picture`)."""
    for parameter in parameters:
        value = inputs.get(parameter.name)
        if not isinstance(value, list):
            continue
        if parameter.media is not None and value:
            yield parameter.name, parameter.media, [item for item in value if isinstance(item, str)]
        for element in value:
            if isinstance(element, Mapping):
                for name, rule, files in media_values(parameter.parts, element):
                    yield f"{parameter.name}.{name}", rule, files


def amount_of(parameter: Parameter, value: InputValue) -> Decimal | None:
    """How much a value is: characters of a text, items of a list, the number that a choice names; else None."""
    if isinstance(value, list):
        return Decimal(len(value))
    if parameter.kind is ParameterKind.TEXT:
        return Decimal(len(str(value)))
    if isinstance(value, bool):
        return None
    return decimal_of(str(value))


def amount_of_parts(parameter: Parameter, part: str, value: InputValue) -> Decimal | None:
    """How much this part is in all elements of a list together; None when one of them leaves it open."""
    inner = parameter.part(part)
    if inner is None or not isinstance(value, list):
        return None
    total = Decimal(0)
    for element in value:
        answer = element.get(part, inner.default) if isinstance(element, Mapping) else None
        amount = None if answer is None else amount_of(inner, answer)
        if amount is None:
            return None
        total += amount
    return total


def decimal_of(text: str) -> Decimal | None:
    """A finite number from short text, "," or "." before the fraction; None when it is none."""
    plain = text.strip().replace(",", ".")
    if not plain or len(plain) > 40 or "_" in plain:
        return None
    try:
        number = Decimal(plain)
    except ArithmeticError:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= 15 else None
