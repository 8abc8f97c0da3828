"""Price rows: what a provider asks, in credits, for which inputs and per what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from app.catalogue.parameters import Scalar


class Unit(StrEnum):
    """What a row's credits are asked for."""

    PER_TASK = "per_task"
    PER_SECOND = "per_second"
    PER_IMAGE = "per_image"
    PER_1K_CHARS = "per_1k_chars"
    PER_MEGAPIXEL = "per_megapixel"
    PER_MINUTE = "per_minute"


UNIT_SIZE: Mapping[Unit, Decimal] = MappingProxyType(
    {Unit.PER_1K_CHARS: Decimal(1000), Unit.PER_MINUTE: Decimal(60)}
)
"""How many measured things (characters, seconds) make one unit; one where nothing is said."""

PLAUSIBLE_CREDITS: Mapping[Unit, tuple[Decimal, Decimal]] = MappingProxyType(
    {
        Unit.PER_TASK: (Decimal("0.1"), Decimal(1000)),
        Unit.PER_SECOND: (Decimal("0.1"), Decimal(400)),
        Unit.PER_IMAGE: (Decimal("0.1"), Decimal(100)),
        Unit.PER_1K_CHARS: (Decimal("0.5"), Decimal(50)),
        Unit.PER_MEGAPIXEL: (Decimal("0.5"), Decimal(25)),
        Unit.PER_MINUTE: (Decimal("0.5"), Decimal(100)),
    }
)
"""Bounds outside which a price is taken for a slip of the pen (F45): about a third of the cheapest and two to
three times the dearest row of the provider's list of autumn 2026."""


class Fact(StrEnum):
    """What a price may depend on beside the inputs: derived from them, or probed from the media."""

    VIDEO_INPUT = "@video_input"  # is a video sent? bool
    IMAGE_INPUT = "@image_input"  # is a picture sent? bool
    SOURCE_RESOLUTION = "@source_resolution"  # "480p", "720p" … of the source clip
    OUTPUT_TIER = "@output_tier"  # "2K", "4K", "8K": size of an enlarged picture
    INPUT_IMAGES = "@input_images"  # how many pictures are sent
    INPUT_IMAGES_AFTER_FIRST = "@input_images_after_first"
    INPUT_VIDEO_SECONDS = "@input_video_seconds"  # together
    INPUT_AUDIO_SECONDS = "@input_audio_seconds"  # together
    INPUT_LONGEST_SECONDS = "@input_longest_seconds"  # of the videos or of the sound, whichever lasts longer
    INPUT_MEGAPIXELS = "@input_megapixels"
    OUTPUT_MEGAPIXELS = "@output_megapixels"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was probed from the media of a draft; None = not known (then a price that needs it is undefined).

    `seconds`: length of the media of each parameter, together, by the parameter's name.
    """

    seconds: Mapping[str, Decimal] = field(default_factory=dict)
    source_resolution: str | None = None
    output_tier: str | None = None
    input_megapixels: Decimal | None = None
    output_megapixels: Decimal | None = None


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class PriceRow:
    """`credits` per `unit`, for inputs that match every key of `when` (a parameter's name or a `Fact`).

    `by` names what is counted: a parameter (seconds of a duration, characters of a text, items of a list), a
    field of a list of parts (`shots.duration`: summed up) or a `Fact`; None counts one. `amounts` says how much
    each value of a choice counts, where the value is no number. A `surcharge` is added to the chosen row.
    """

    credits: Decimal
    unit: Unit
    when: Mapping[str, Scalar] = field(default_factory=dict, hash=False)
    by: str | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    surcharge: bool = False

    @property
    def size(self) -> Decimal:
        """How many measured things make the one unit that `credits` are asked for."""
        return UNIT_SIZE.get(self.unit, Decimal(1))
