"""Made-up models for tests: a price by duration, a flat price, a ratio chosen beforehand, several photos, one photo,
so many pictures as are asked for, a list of heroes with files of their own, one that goes on from another's result."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.catalogue import (
    Catalogue,
    Choice,
    Localized,
    MediaRule,
    Modality,
    ModelKey,
    ModelSpec,
    Parameter,
    ParameterKind,
    PriceRow,
    Status,
    Unit,
)
from app.catalogue.parameters import Wire

CLIP = ModelKey("clip")
PICTURE = ModelKey("picture")
FRAMED = ModelKey("framed")
RETIRED = ModelKey("retired")
EDITED = ModelKey("edited")
ANIMATED = ModelKey("animated")
SET = ModelKey("set")
CAST = ModelKey("cast")
LONGER = ModelKey("longer")


def words(text: str) -> Localized:
    """The same in every language."""
    return Localized(ru=text, en=text)


def choices(*values: str) -> tuple[Choice, ...]:
    """Choices labelled with their values."""
    return tuple(Choice(value, words(value)) for value in values)


PROMPT = Parameter("prompt", ParameterKind.TEXT, words("Prompt"), required=True, max_length=20)
PHOTOS = Parameter(
    "photos",
    ParameterKind.MEDIA,
    words("Photos"),
    required=True,
    media=MediaRule(Modality.IMAGE, max_count=3, max_megabytes=Decimal(10)),
)
PHOTO = Parameter(
    "photo",
    ParameterKind.MEDIA,
    words("Photo"),
    required=True,
    media=MediaRule(Modality.IMAGE),
    wire=Wire.SINGLE,
)
DURATION = Parameter(
    "duration",
    ParameterKind.CHOICE,
    words("Duration"),
    required=True,
    choices=choices("5", "10"),
)
RATIO = Parameter(
    "ratio",
    ParameterKind.CHOICE,
    words("Ratio"),
    required=True,
    default="1:1",
    choices=choices("1:1", "16:9"),
)
SEED = Parameter(
    "seed", ParameterKind.NUMBER, words("Seed"), minimum=Decimal(0), maximum=Decimal(9), step=Decimal(1)
)

COUNT = Parameter(
    "count",
    ParameterKind.NUMBER,
    words("Count"),
    minimum=Decimal(1),
    maximum=Decimal(6),
    step=Decimal(1),
    default=1,
)

HEROES = Parameter(
    "heroes",
    ParameterKind.PARTS,
    words("Heroes"),
    required=True,
    max_parts=2,
    parts=(
        Parameter("name", ParameterKind.TEXT, words("Name"), required=True, max_length=200),
        Parameter(
            "looks",
            ParameterKind.MEDIA,
            words("Looks"),
            required=True,
            media=MediaRule(Modality.IMAGE, max_count=2),
        ),
        Parameter(
            "face",
            ParameterKind.MEDIA,
            words("Face"),
            required=True,
            media=MediaRule(Modality.IMAGE),
            wire=Wire.SINGLE,
        ),
        Parameter(
            "side",
            ParameterKind.CHOICE,
            words("Side"),
            required=True,
            default="good",
            choices=choices("good", "evil"),
        ),
    ),
)
SOURCE = Parameter("source", ParameterKind.RESULT, words("Source"), required=True, of=(CLIP, LONGER))


def model(
    key: ModelKey,
    parameters: tuple[Parameter, ...],
    prices: tuple[PriceRow, ...],
    status: Status = Status.CURRENT,
) -> ModelSpec:
    """A model with what tests care about, and something in every other field."""
    return ModelSpec(
        key=key,
        id=f"maker/{key}",
        name=key.title(),
        provider="Maker",
        family="Made",
        task="text-to-image",
        produces=Modality.IMAGE,
        description=words("made up"),
        parameters=parameters,
        rules=(),
        prices=prices,
        source=("made up",),
        verified_on=date(2026, 10, 1),
        status=status,
    )


def per_task(credits_: str, **when: str) -> PriceRow:
    """So many credits for a whole generation."""
    return PriceRow(Decimal(credits_), Unit.PER_TASK, when)


CATALOGUE = Catalogue(
    (
        model(CLIP, (PROMPT, DURATION, SEED), (per_task("55", duration="5"), per_task("110", duration="10"))),
        replace(model(PICTURE, (PROMPT,), (per_task("0.8"),)), free=True),
        model(FRAMED, (RATIO, PROMPT, DURATION), (per_task("2"),)),
        model(EDITED, (PHOTOS, PROMPT), (per_task("4"),)),
        model(ANIMATED, (PHOTO, PROMPT), (per_task("30"),)),
        replace(
            model(SET, (PROMPT, COUNT), (PriceRow(Decimal(10), Unit.PER_IMAGE, by="count"),)), results="count"
        ),
        model(CAST, (HEROES, PROMPT), (per_task("6"),)),
        model(LONGER, (SOURCE, PROMPT), (per_task("7"),)),
        model(RETIRED, (PROMPT,), (per_task("1"),), Status.RETIRED),
    )
)
