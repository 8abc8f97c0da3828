"""The table of delivery: what a file is sent as, by what is in it and by its size. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from app.catalogue import Modality
from app.generation import Form, StoredFile

UPLOAD_LIMIT = 50_000_000
"""Bytes a bot may upload (Bot API, Sending files: 50 MB)."""

PHOTO_LIMIT = 10_000_000
"""Bytes of a photo (Bot API, sendPhoto: 10 MB)."""

PHOTO_SIDES = 10_000
"""Width and height of a photo together (Bot API, sendPhoto)."""

PHOTO_RATIO = 20
"""How many times the longer side of a photo is the shorter one, at most (Bot API, sendPhoto)."""

ALBUM_SIZE = 10
"""Items of one album (Bot API, sendMediaGroup: 2-10)."""

MOVING_OR_HEARD: Mapping[str, Form] = MappingProxyType(
    {
        "video/mp4": Form.VIDEO,
        "image/gif": Form.ANIMATION,
        "audio/mpeg": Form.AUDIO,
        "audio/mp4": Form.AUDIO,
    }
)
"""What Telegram plays (sendVideo: MPEG4; sendAudio: MP3 and M4A; sendAnimation: GIF); the rest it hands on."""

PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})

ALBUMS: Mapping[Form, int] = MappingProxyType({Form.PHOTO: 0, Form.VIDEO: 0, Form.AUDIO: 1, Form.DOCUMENT: 2})
"""What may stand in one album together (sendMediaGroup); an animation stands alone."""

KIND_FORMS: Mapping[Modality, Form] = MappingProxyType(
    {Modality.IMAGE: Form.PHOTO, Modality.VIDEO: Form.VIDEO, Modality.AUDIO: Form.AUDIO}
)


def form_of(file: StoredFile) -> Form | None:
    """None: no bot may upload it, it goes as a link. What could not be probed goes as a document."""
    if file.size > UPLOAD_LIMIT:
        return None
    if not file.is_probed:
        return Form.DOCUMENT
    if file.mime in PHOTO_TYPES:
        return Form.PHOTO if _is_photo(file) else Form.DOCUMENT
    return MOVING_OR_HEARD.get(file.mime, Form.DOCUMENT)


def kept_form(file: StoredFile) -> Form:
    """What the id that Telegram gave serves for; the oldest rows do not say, these went by their kind."""
    return file.sent_as or KIND_FORMS[file.kind]


def album_groups(forms: Sequence[Form]) -> list[list[int]]:
    """Indices of files that go together, albums of like size and of at most ten, in the order of the files."""
    families: dict[int, list[int]] = {}
    for index, form in enumerate(forms):
        families.setdefault(ALBUMS.get(form, -1 - index), []).append(index)
    return [group for family in families.values() for group in _evenly(family)]


def _is_photo(file: StoredFile) -> bool:
    """Telegram's limits for photos; a picture that moves would stand still."""
    short, long = sorted((file.width or 0, file.height or 0))
    fits = short + long <= PHOTO_SIDES and short > 0 and long <= PHOTO_RATIO * short
    return fits and file.size <= PHOTO_LIMIT and not file.seconds


def _evenly(family: Sequence[int]) -> Iterator[list[int]]:
    """So that eleven are six and five, and nobody stands alone."""
    count = -(-len(family) // ALBUM_SIZE)
    start = 0
    for number in range(count):
        size = (len(family) - start) // (count - number) + bool((len(family) - start) % (count - number))
        yield list(family[start : start + size])
        start += size
