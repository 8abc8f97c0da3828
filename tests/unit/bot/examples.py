"""Generations and files as tests need them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.catalogue import Modality
from app.clock import SystemClock
from app.generation import Generation, State, StoredFile
from app.money import Kopecks
from app.offers import Offers, Sequels
from app.users import Language
from tests.fakes.rates import rates_in_force
from tests.unit.bot.house import RATES, real_catalogue, real_showcase

CATALOGUE = real_catalogue()
OFFERS = Offers(CATALOGUE, rates_in_force(RATES), SystemClock())
SEQUELS = Sequels(OFFERS, real_showcase().best)
CHAT = 501
MIMES = {Modality.IMAGE: "image/png", Modality.VIDEO: "video/mp4", Modality.AUDIO: "audio/mpeg"}
MOMENT = datetime(2026, 11, 23, 5, 4, tzinfo=UTC)


def generation(**changes: Any) -> Generation:
    """A finished picture of Z-Image, with changes."""
    facts: dict[str, Any] = {
        "id": 12,
        "user_id": CHAT,
        "chat_id": CHAT,
        "draft_id": 3,
        "model_key": "z-image",
        "model_id": "z-image",
        "produces": Modality.IMAGE,
        "inputs": {"prompt": "кот <в> сапогах", "aspect_ratio": "1:1"},
        "request": {},
        "language": Language.RU,
        "price": Kopecks(474),
        "state": State.CAPTURED,
        "created_at": MOMENT,
        "seen_at": MOMENT + timedelta(seconds=34),
        "progress_message_id": 77,
    } | changes
    return Generation(**facts)


def stored(folder: Path, name: str, kind: Modality, **changes: Any) -> StoredFile:
    """A file of a result that lies in the folder, and was probed."""
    (folder / name).write_bytes(b"content")
    facts: dict[str, Any] = {"path": name, "kind": kind, "mime": MIMES[kind], "size": 7, "seconds": 3}
    if kind is not Modality.AUDIO:
        facts |= {"width": 640, "height": 360, "seconds": 3 if kind is Modality.VIDEO else 0}
    return StoredFile(**(facts | changes))
