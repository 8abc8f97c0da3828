"""What is found out about a file."""

import json
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """What one does with it."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True)
class Facts:
    """`seconds` is 0 for what stands still; `thumbnail` is a JPEG within Telegram's limits, empty for sound."""

    kind: Kind
    mime: str
    width: int | None = None
    height: int | None = None
    seconds: int = 0
    streamable: bool = False
    """Whether a player can begin before it has the whole clip."""
    thumbnail: bytes = b""

    def to_json(self) -> bytes:
        """As the child says it."""
        return json.dumps({**asdict(self), "thumbnail": urlsafe_b64encode(self.thumbnail).decode()}).encode()

    @classmethod
    def of_json(cls, said: bytes) -> Self:
        """What a child has said, which a stranger's bytes may have taken over; raises ValueError for nonsense."""
        from pydantic import ConfigDict, TypeAdapter, with_config  # noqa: PLC0415 - the child only speaks

        read_bytes = with_config(ConfigDict(val_json_bytes="base64"))
        return TypeAdapter(read_bytes(cls)).validate_json(said)
