"""What prices are counted in, as keys of words."""

from types import MappingProxyType

from app.catalogue import Unit

UNIT_KEYS = MappingProxyType(
    {
        Unit.PER_TASK: "unit-task",
        Unit.PER_SECOND: "unit-second",
        Unit.PER_IMAGE: "unit-image",
        Unit.PER_1K_CHARS: "unit-1k-chars",
        Unit.PER_MEGAPIXEL: "unit-megapixel",
        Unit.PER_MINUTE: "unit-minute",
    }
)
