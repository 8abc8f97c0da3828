"""The file that a message carries, as the rest of the house knows files."""

from mimetypes import guess_type

from aiogram.types import Animation, Audio, Document, Message, PhotoSize, Video, VideoNote, Voice

from app.catalogue import MediaFile, Modality, Place

TELEGRAM_MEGABYTES = 20
"""What a bot may download (Bot API, getFile: up to 20 MB)."""

TELEGRAM_BYTES = TELEGRAM_MEGABYTES * 1_000_000

Clip = Video | VideoNote | Animation | Audio | Voice

_USUAL_MIME = {Modality.VIDEO: "video/mp4", Modality.AUDIO: "audio/mpeg"}


def file_in(message: Message) -> MediaFile | None:
    """A picture, a clip or a recording, also one sent as a document; None when there is none of these."""
    if message.photo:
        return _photo(message, message.photo[-1])
    seen = message.video or message.animation or message.video_note
    if seen is not None:
        return _clip(message, seen, Modality.VIDEO)
    if message.voice is not None:
        return _clip(message, message.voice, Modality.AUDIO, "audio/ogg")
    if message.audio is not None:
        return _clip(message, message.audio, Modality.AUDIO)
    return None if message.document is None else _document(message, message.document)


def is_too_heavy(file: MediaFile) -> bool:
    """Whether Telegram would not give it to a bot; one whose size was not told is tried, our own copies are at hand."""
    return file.place is Place.TELEGRAM and (file.size or 0) > TELEGRAM_BYTES


def _photo(message: Message, photo: PhotoSize) -> MediaFile:
    return MediaFile(
        file_id=photo.file_id,
        unique_id=photo.file_unique_id,
        kind=Modality.IMAGE,
        mime="image/jpeg",
        size=photo.file_size,
        width=photo.width,
        height=photo.height,
        message_id=message.message_id,
        album=message.media_group_id,
    )


def _clip(message: Message, clip: Clip, kind: Modality, usual_mime: str | None = None) -> MediaFile:
    return MediaFile(
        file_id=clip.file_id,
        unique_id=clip.file_unique_id,
        kind=kind,
        mime=getattr(clip, "mime_type", None) or usual_mime or _USUAL_MIME[kind],
        size=clip.file_size,
        # Whole seconds, rounded down: a moment counts as one.
        seconds=max(clip.duration, 1),
        width=getattr(clip, "width", None),
        height=getattr(clip, "height", None),
        message_id=message.message_id,
        album=message.media_group_id,
    )


def _document(message: Message, document: Document) -> MediaFile | None:
    mime = document.mime_type or guess_type(document.file_name or "")[0] or ""
    family = mime.partition("/")[0]
    if family not in list(Modality):
        return None
    return MediaFile(
        file_id=document.file_id,
        unique_id=document.file_unique_id,
        kind=Modality(family),
        mime=mime,
        size=document.file_size,
        message_id=message.message_id,
        album=message.media_group_id,
    )
