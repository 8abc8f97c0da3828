"""Text models: they answer at once, at an endpoint of their own, and are paid by the token. None is on a shelf."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.catalogue.parameters import Modality, Parameter, ParameterKind, Scalar
from app.catalogue.spec import ModelKey, ModelSpec
from app.money import Credits

TOKENS_A_PRICE = 1_000_000
"""KIE's price list is for a million tokens."""

LONGEST_TEXT = 4
"""Bytes of the longest character in UTF-8; no token is shorter than a byte."""


class TextFormat(StrEnum):
    """How a request is written and where its answer lies."""

    OPENAI_CHAT = "openai-chat"


class TextService(StrEnum):
    """What a text model does in this bot."""

    IMPROVE_PROMPT = "improve-prompt"


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """Credits for a million tokens that go in, and that come out."""

    input: Decimal
    output: Decimal

    def of(self, tokens_in: int, tokens_out: int) -> Credits:
        """What so many tokens cost."""
        return Credits((self.input * tokens_in + self.output * tokens_out) / TOKENS_A_PRICE)


@dataclass(frozen=True, slots=True)
class TextModel:
    """One text model. `path` is its endpoint, `fixed` goes along with every request.

    `instruction` is what it is told beside the person's text; it may say {makes} and {most}. It is asked about the
    parameters named in `inputs` of models that make one of `makes`, up to `max_prompt` characters. `max_answer` are
    the tokens that an answer, its thoughts included, is reckoned with beforehand.
    """

    key: ModelKey
    id: str
    name: str
    provider: str
    format: TextFormat
    path: str
    prices: TokenPrices
    max_prompt: int
    max_answer: int
    source: tuple[str, ...]
    verified_on: date
    serves: TextService | None = None
    instruction: str = ""
    inputs: tuple[str, ...] = ()
    makes: tuple[Modality, ...] = ()
    fixed: Mapping[str, Scalar] = field(default_factory=dict, hash=False)
    doubt: str | None = None

    @property
    def most_credits(self) -> Credits:
        """The most that one request is reckoned to cost: known before it is sent."""
        letters = len(self.instruction.encode()) + self.max_prompt * LONGEST_TEXT
        return self.prices.of(letters, self.max_answer)

    def parameter_of(self, spec: ModelSpec) -> Parameter | None:
        """The text of this model that it has something to say about."""
        if spec.produces not in self.makes:
            return None
        texts = (it for it in spec.parameters if it.kind is ParameterKind.TEXT and it.name in self.inputs)
        return next(texts, None)

    def told(self, spec: ModelSpec, most: int) -> str:
        """The instruction for a text of at most so many characters."""
        return self.instruction.replace("{makes}", spec.produces.value).replace("{most}", str(most))
