"""A file that a person sent before they said what to do with it."""

from dataclasses import dataclass

from app.catalogue import MediaFile


@dataclass(frozen=True, slots=True)
class Attachment:
    """One message with a file, and the words that stood below it."""

    message_id: int
    file: MediaFile
    caption: str
