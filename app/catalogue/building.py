"""From parsed documents to specs. Every fault becomes a problem with its file and key; none stops the others."""

from decimal import Decimal

from pydantic import ValidationError

from app.catalogue.documents import (
    ConditionDocument,
    FamilyDocument,
    InputDocument,
    Layer,
    MediaDocument,
    ModelDocument,
    PriceDocument,
    RuleDocument,
    TextDocument,
    Value,
    VocabularyDocument,
    Words,
    WordsDocument,
)
from app.catalogue.errors import FileProblem
from app.catalogue.localized import Localized
from app.catalogue.parameters import Choice, MediaRule, Parameter, ParameterKind, Scalar, raw_of
from app.catalogue.prices import PriceRow
from app.catalogue.rules import AddsUp, Ascends, Condition, Excludes, Implies, OneOf, Rule, Test, Total
from app.catalogue.spec import ModelKey, ModelSpec
from app.catalogue.wording import filled_in, unknown_places
from app.catalogue.writers import TextModel, TokenPrices


class FamilyBuilder:
    """Builds the models of one family file; `problems` fills while it does."""

    def __init__(self, file: str, family: FamilyDocument, vocabulary: VocabularyDocument) -> None:
        self.problems: list[FileProblem] = []
        self._file = file
        self._family = family
        self._vocabulary = vocabulary

    def build(self) -> list[ModelSpec]:
        """A spec of every model whose inputs and rules could be read."""
        return [spec for document in self._family.model if (spec := self._model(document)) is not None]

    def build_texts(self) -> list[TextModel]:
        """Every text model of the file."""
        return [self._text(document) for document in self._family.text]

    def _text(self, document: TextDocument) -> TextModel:
        return TextModel(
            key=ModelKey(document.key),
            id=document.id,
            name=document.name,
            provider=self._family.provider,
            format=document.format,
            path=document.path,
            prices=TokenPrices(document.price.input, document.price.output),
            max_prompt=document.max_prompt,
            max_answer=document.max_answer,
            source=self._family.source,
            verified_on=self._family.verified_on,
            serves=document.serves,
            instruction=document.instruction.strip(),
            inputs=document.inputs,
            makes=document.makes,
            fixed={name: _scalar(value) for name, value in document.fixed.items()},
            doubt=document.doubt,
        )

    def _model(self, document: ModelDocument) -> ModelSpec | None:
        before = len(self.problems)
        parameters = tuple(
            parameter
            for name, layer in document.inputs.items()
            if (parameter := self._parameter(f"{document.key}.inputs", document.task, name, layer))
            is not None
        )
        rules = tuple(
            rule
            for row in document.rule
            if (rule := self._rule(f"{document.key}.rule.{row.message}", row, parameters)) is not None
        )
        if len(self.problems) > before:
            return None
        return ModelSpec(
            key=ModelKey(document.key),
            id=document.id,
            name=document.name,
            provider=self._family.provider,
            family=self._family.family,
            task=document.task,
            produces=document.produces,
            description=_words(document.description),
            parameters=parameters,
            rules=rules,
            prices=tuple(_price(row) for row in document.price),
            source=self._family.source,
            verified_on=self._family.verified_on,
            expected_seconds=document.expected_seconds,
            fixed={name: _scalar(value) for name, value in document.fixed.items()},
            status=document.status,
            successor=ModelKey(document.successor) if document.successor else None,
            reason=document.reason,
            doubt=document.doubt,
            free=document.free,
            markup=document.markup,
            results=document.results,
            endpoint=document.endpoint,
        )

    def _parameter(self, path: str, task: str, name: str, layer: Layer) -> Parameter | None:
        key = f"{path}.{name}"
        if name in self._vocabulary.transport:
            self._problem(key, "is a transport field: it belongs to `fixed`")
            return None
        merged = self._merged(name, layer)
        if "label" not in merged:
            self._problem(key, "has no words: neither the vocabulary nor the family knows it")
            return None
        try:
            document = InputDocument.model_validate(merged)
        except ValidationError as error:
            self._refuse(key, error)
            return None
        parts = tuple(self._parameter(key, task, part, inner) for part, inner in document.parts.items())
        return Parameter(
            name=name,
            kind=document.kind,
            label=_words(document.label),
            help=None if document.help is None else _words(document.help),
            example=_words(document.examples[task]) if task in document.examples else None,
            required=document.required,
            default=None if document.default is None else _scalar(document.default),
            advanced=document.advanced,
            choices=self._choices(key, document),
            min_length=document.min_length,
            max_length=document.max_length,
            minimum=document.min,
            maximum=document.max,
            step=document.step,
            media=None if document.media is None else _media(document.media),
            parts=tuple(part for part in parts if part is not None),
            max_parts=document.max_parts,
            of=document.of,
            quote=document.quote,
            wire=document.wire,
            send_default=document.send_default,
        )

    def _merged(self, name: str, layer: Layer) -> Layer:
        shared, family = self._vocabulary.inputs.get(name, {}), self._family.inputs.get(name, {})
        words = {**_table(shared, "words"), **_table(family, "words"), **_table(layer, "words")}
        return {**shared, **family, **layer, **({"words": words} if words else {})}

    def _choices(self, key: str, document: InputDocument) -> tuple[Choice, ...]:
        if document.kind is ParameterKind.SWITCH:
            return tuple(
                Choice(value, _words({**self._vocabulary.switch, **document.words}[raw_of(value)]))
                for value in (True, False)
            )
        choices = []
        for value in document.choices:
            scalar = _scalar(value)
            label = _label(document, raw_of(scalar))
            if label is None:
                self._problem(key, f"choice {scalar!r} has no words")
            else:
                choices.append(Choice(scalar, label))
        return tuple(choices)

    def _rule(self, key: str, row: RuleDocument, parameters: tuple[Parameter, ...]) -> Rule | None:
        kinds = (row.then, row.excludes, row.one_of, row.total, row.adds_up, row.ascends)
        conditional = bool(row.then or row.total)
        if sum(map(bool, kinds)) != 1 or bool(row.when) > conditional or bool(row.then) > bool(row.when):
            self._problem(
                key, "must be exactly one of when + then, excludes, one_of, total, adds_up, ascends"
            )
            return None
        say = self._said(key, row, parameters)
        return None if say is None else _rule(row, say)

    def _said(self, key: str, row: RuleDocument, parameters: tuple[Parameter, ...]) -> Localized | None:
        message = row.message
        document = row.say or self._family.rules.get(message) or self._vocabulary.rules.get(message)
        if document is None:
            self._problem(key, "has no words: neither it, nor its family, nor the vocabulary says it")
            return None
        words = _words(document)
        for place in unknown_places(words, parameters):
            self._problem(key, f"its words name an unknown input or choice {place}")
        return filled_in(words, parameters)

    def _problem(self, key: str, problem: str) -> None:
        self.problems.append(FileProblem(self._file, key, problem))

    def _refuse(self, key: str, error: ValidationError) -> None:
        self.problems.extend(problems_of(self._file, key, error))


def problems_of(file: str, key: str, error: ValidationError) -> list[FileProblem]:
    """Every complaint of pydantic, at its place in the file."""
    found = []
    for complaint in error.errors(include_url=False, include_input=False):
        place = ".".join(str(step) for step in complaint["loc"])
        found.append(FileProblem(file, f"{key}.{place}".strip("."), complaint["msg"]))
    return found


def _rule(row: RuleDocument, say: Localized) -> Rule:
    message, quote = row.message, row.quote
    if row.excludes:
        return Excludes(message, say, row.excludes, quote)
    if row.one_of:
        return OneOf(message, say, row.one_of, quote)
    if row.total is not None:
        total, when = row.total, _conditions(row.when)
        weights = tuple(total.weights.items())
        return Total(message, say, total.of, total.max, total.measure, weights, quote, when)
    if row.adds_up is not None:
        name, _, part = row.adds_up.of.partition(".")
        return AddsUp(message, say, name, part, row.adds_up.total, quote)
    if row.ascends is not None:
        return Ascends(message, say, *row.ascends, quote)
    return Implies(message, say, _conditions(row.when), _conditions(row.then), quote)


def _table(layer: Layer, name: str) -> dict[str, object]:
    value = layer.get(name)
    return value if isinstance(value, dict) else {}


def _words(document: Words) -> Localized:
    if isinstance(document, WordsDocument):
        return Localized(document.ru, document.en)
    return Localized(document, document)


def _label(document: InputDocument, raw: str) -> Localized | None:
    if raw in document.words:
        return _words(document.words[raw])
    if document.pattern is None:
        return None
    return Localized(document.pattern.ru.replace("{}", raw), document.pattern.en.replace("{}", raw))


def _scalar(value: Value) -> Scalar:
    return float(value) if isinstance(value, Decimal) else value


def _media(document: MediaDocument) -> MediaRule:
    return MediaRule(**document.model_dump())


def _price(row: PriceDocument) -> PriceRow:
    when = {name: _scalar(value) for name, value in row.when.items()}
    return PriceRow(row.credits, row.unit, when, row.by, dict(row.amounts), row.surcharge)


def _conditions(table: dict[str, Value | ConditionDocument]) -> tuple[Condition, ...]:
    return tuple(condition for name, test in table.items() for condition in _tests(name, test))


def _tests(name: str, test: Value | ConditionDocument) -> list[Condition]:
    if not isinstance(test, ConditionDocument):
        return [Condition(name, Test.ONE_OF, (_scalar(test),))]
    found = []
    if test.given is not None:
        found.append(Condition(name, Test.GIVEN if test.given else Test.ABSENT))
    if test.in_ is not None:
        found.append(Condition(name, Test.ONE_OF, tuple(_scalar(value) for value in test.in_)))
    if test.not_in is not None:
        found.append(Condition(name, Test.NONE_OF, tuple(_scalar(value) for value in test.not_in)))
    if test.min is not None:
        found.append(Condition(name, Test.AT_LEAST, bound=test.min))
    if test.max is not None:
        found.append(Condition(name, Test.AT_MOST, bound=test.max))
    return found
