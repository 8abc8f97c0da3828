"""Whether a clip or a sound lasts as long as was said: its sender told the length, and by that it was priced."""

from pathlib import Path

from app.catalogue import MediaFile
from app.generation.errors import RefusedError
from app.generation.states import FailureClass
from app.media import look_into

_SECONDS_TOLD_WHOLE = 1
_PARTS_ESTIMATED = 10
"""A tenth: the length of sound without an index is an estimate from its first frames."""


async def refuse_longer(file: MediaFile, path: Path) -> None:
    """Raises RefusedError (bad input) for a fetched file that lasts longer than was said.

    What cannot be understood is left to the provider, who will say so.
    """
    if file.seconds is None:
        return
    facts = await look_into(path)
    longest = file.seconds + max(_SECONDS_TOLD_WHOLE, file.seconds // _PARTS_ESTIMATED)
    if facts is not None and facts.seconds > longest:
        raise RefusedError(
            FailureClass.BAD_INPUT, f"lasts {facts.seconds} seconds, but {file.seconds} were told"
        )
