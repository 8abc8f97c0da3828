"""The shape of the catalogue's files, parsed by pydantic: `models/vocabulary.toml` and one file per family.

A family says, for every input of every model, only what the vocabulary and its own `[inputs]` table do not say
already: the three are laid over each other, the most special last.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.catalogue.parameters import Modality, ParameterKind, Wire
from app.catalogue.prices import Unit
from app.catalogue.rules import Measure
from app.catalogue.spec import Endpoint, Status
from app.catalogue.writers import TextFormat, TextService

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Value = bool | int | Decimal | str
"""A scalar of a TOML file; fractions arrive as exact decimals."""

Layer = dict[str, object]
"""What one file says of one input, before the layers are laid over each other and checked as `InputDocument`."""


class Document(BaseModel):
    """A misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsDocument(Document):
    """Words in both languages. A plain string in a file stands for a name, the same in both."""

    ru: Text
    en: Text


Words = WordsDocument | Text


class MediaDocument(Document):
    """Files that an input takes; megabytes and seconds."""

    kind: Modality
    min_count: int = Field(default=1, ge=0)
    max_count: int = Field(default=1, ge=1)
    max_megabytes: Decimal | None = None
    mime: tuple[Text, ...] = ()
    min_seconds: Decimal | None = None
    max_seconds: Decimal | None = None


class InputDocument(Document):
    """One input, all layers laid over each other.

    `words` has the label of each choice; `pattern` makes the label of a choice that has none of its own
    ("{} seconds"). `examples`: what a person may type, by the model's task. `parts` are the inputs of one
    element of a list. `of`: whose earlier results. `quote`: the provider's sentence that the limits of this input keep.
    """

    kind: ParameterKind
    label: WordsDocument
    help: WordsDocument | None = None
    examples: dict[str, WordsDocument] = {}
    required: bool = False
    default: Value | None = None
    advanced: bool = False
    choices: tuple[Value, ...] = ()
    words: dict[str, Words] = {}
    pattern: WordsDocument | None = None
    min_length: int = Field(default=0, ge=0)
    max_length: int | None = Field(default=None, ge=1)
    min: Decimal | None = None
    max: Decimal | None = None
    step: Decimal | None = Field(default=None, gt=0)
    media: MediaDocument | None = None
    parts: dict[str, Layer] = {}
    max_parts: int | None = Field(default=None, ge=1)
    of: tuple[Text, ...] = ()
    quote: str = ""
    wire: Wire = Wire.AS_IS
    send_default: bool = True


class PriceDocument(Document):
    """One price row; see `PriceRow`."""

    credits: Decimal
    unit: Unit
    when: dict[str, Value] = {}
    by: Text | None = None
    amounts: dict[str, Decimal] = {}
    surcharge: bool = False


class ConditionDocument(Document):
    """Tests of one input, all of which must hold."""

    given: bool | None = None
    in_: tuple[Value, ...] | None = Field(default=None, alias="in")
    not_in: tuple[Value, ...] | None = None
    min: Decimal | None = None
    max: Decimal | None = None


class TotalDocument(Document):
    """`of` together at most `max`."""

    of: tuple[Text, ...] = Field(min_length=1)
    max: Decimal
    measure: Measure = Measure.COUNT
    weights: dict[str, Decimal] = {}


class AddsUpDocument(Document):
    """The part `of` (`shots.duration`) of all elements together is as much as the input `total`."""

    of: Annotated[str, StringConstraints(pattern=r"^[^.]+\.[^.]+$")]
    total: Text


class RuleDocument(Document):
    """One cross-field rule: exactly one of (`when` and `then`), `excludes`, `one_of`, `total`, `adds_up`, `ascends`.

    A `total` may have a `when`, too. `say`: its words where neither the family nor the vocabulary has them; in them
    `{name}` stands for the label of an input, `{name:value}` for that of a choice.
    """

    message: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,48}$")]
    say: WordsDocument | None = None
    quote: str = ""
    when: dict[str, Value | ConditionDocument] = {}
    then: dict[str, Value | ConditionDocument] = {}
    excludes: tuple[tuple[Text, ...], ...] = ()
    one_of: tuple[Text, ...] = ()
    total: TotalDocument | None = None
    adds_up: AddsUpDocument | None = None
    ascends: tuple[Text, Text] | None = None


class ModelDocument(Document):
    """One model; `inputs` in the order in which they are asked.

    `results`: how many one generation is sold as: a number, or the name of the input that says it. `markup`: how many
    times the cost is asked, where it is another than for all.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,32}$")]
    id: Text
    name: Text
    task: Text
    produces: Modality
    description: WordsDocument
    expected_seconds: int | None = Field(default=None, ge=1)
    fixed: dict[str, Value] = {}
    inputs: dict[str, Layer] = {}
    rule: tuple[RuleDocument, ...] = ()
    price: tuple[PriceDocument, ...] = ()
    status: Status = Status.CURRENT
    successor: Text | None = None
    reason: Text | None = None
    doubt: Text | None = None
    free: bool = False
    markup: Decimal | None = Field(default=None, ge=1)
    results: Annotated[int, Field(ge=1)] | Text = 1
    endpoint: Endpoint = Endpoint.JOBS


class TokenPriceDocument(Document):
    """Credits for a million tokens."""

    input: Annotated[Decimal, Field(gt=0)]
    output: Annotated[Decimal, Field(gt=0)]


class TextDocument(Document):
    """One text model; see `TextModel`. Without `serves` it is only known."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,32}$")]
    id: Text
    name: Text
    format: TextFormat
    path: Annotated[str, StringConstraints(pattern=r"^/[^?#\s]+$")]
    price: TokenPriceDocument
    max_prompt: int = Field(ge=1)
    max_answer: int = Field(ge=1)
    serves: TextService | None = None
    instruction: str = ""
    inputs: tuple[Text, ...] = ()
    makes: tuple[Modality, ...] = ()
    fixed: dict[str, Value] = {}
    doubt: Text | None = None


class FamilyDocument(Document):
    """One family file. `inputs` and `rules` are laid over the vocabulary's for all models of the file."""

    family: Text
    provider: Text
    source: tuple[Text, ...] = Field(min_length=1)
    verified_on: date
    inputs: dict[str, Layer] = {}
    rules: dict[str, WordsDocument] = {}
    model: tuple[ModelDocument, ...] = ()
    text: tuple[TextDocument, ...] = ()


class VocabularyDocument(Document):
    """The shared words: `inputs` by parameter name, `rules` by message, `switch` for yes and no.

    `transport`: never an input. `first`: the families that stand before all others on their shelves, in this order.
    """

    first: tuple[Text, ...] = ()
    transport: frozenset[str]
    switch: dict[str, Words]
    inputs: dict[str, Layer]
    rules: dict[str, WordsDocument] = {}
