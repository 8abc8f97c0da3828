"""What a text means that is typed while a screen waits for it; kept with the live screen across restarts."""

DRAFT = "draft"
"""A text or a file answers something of the open draft; elsewhere it is a new wish."""

SEARCH = "search"
STARS = "stars"
TRANSFER = "transfer"

_PRESET = "preset:"
_RECEIPT = "receipt:"


def subject_of(preset_key: str) -> str:
    """The text is the sentence that fills a quick action."""
    return _PRESET + preset_key


def awaited_preset(awaits: str | None) -> str | None:
    """The key of the quick action whose sentence is awaited."""
    if awaits is None or not awaits.startswith(_PRESET):
        return None
    return awaits.removeprefix(_PRESET)


def receipt_of(order_id: int) -> str:
    """A photo or a document is the receipt of an order."""
    return f"{_RECEIPT}{order_id}"


def awaited_receipt(awaits: str | None) -> int | None:
    """The id of the order whose receipt is awaited."""
    if awaits is None or not awaits.startswith(_RECEIPT):
        return None
    return int(awaits.removeprefix(_RECEIPT))
