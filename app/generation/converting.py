"""Pictures that the provider does not read, or that are heavier than it takes, become JPEGs that it does."""

from pathlib import Path
from typing import Final

from app.catalogue import MediaRule
from app.generation.errors import RefusedError
from app.generation.states import FailureClass
from app.media import UnreadableFileError, convert_to_jpeg

JPEG: Final = "image/jpeg"

_BYTES_OF_A_MEGABYTE: Final = 1_000_000


async def to_jpeg(path: Path, rule: MediaRule) -> None:
    """Writes the picture of this file over it, upright, no heavier than the rule allows.

    Raises RefusedError (bad input) for what is no picture, too large a one, or still too heavy.
    """
    most = None if rule.max_megabytes is None else int(rule.max_megabytes * _BYTES_OF_A_MEGABYTE)
    try:
        await convert_to_jpeg(path, most)
    except UnreadableFileError as error:
        raise RefusedError(FailureClass.BAD_INPUT, error.reason) from error
