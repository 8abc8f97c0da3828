"""What can be made of a file that came without a wish, and what a question for files says."""

from collections.abc import Sequence
from types import MappingProxyType

from app.catalogue import Category, InputValue, MediaRule, Modality, ModelSpec, media_in
from app.offers import Offers
from app.users import Attachment
from bot.attaching import started_with
from bot.keyboards.media import file_offers_keyboard
from bot.keyboards.models import page_of
from bot.media import TELEGRAM_MEGABYTES
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import offer_lines

ASK_KEYS = MappingProxyType(
    {
        Modality.IMAGE: "limit-image",
        Modality.VIDEO: "limit-video",
        Modality.AUDIO: "limit-audio",
    }
)
"""How each kind of file is asked for."""


def models_for(offers: Offers, album: Sequence[Attachment]) -> list[ModelSpec]:
    """The models that take these files, shelf by shelf."""
    return [
        spec for shelf in Category for spec in offers.for_sale(shelf) if started_with(spec, album) is not None
    ]


def file_offers_view(
    words: Words, offers: Offers, models: Sequence[ModelSpec], album: Sequence[Attachment], page: int
) -> View:
    """One page (from 0) of the models for these files."""
    shown, _, _ = page_of(models, page)
    lines = [words("file-offers", count=len(album)), *offer_lines(words, offers, shown)]
    if album[0].file.kind is Modality.AUDIO:
        lines += [Markup(""), words("file-voice")]
    keyboard = file_offers_keyboard(words, models, page, album[0].message_id)
    return View(Markup("\n".join(lines)), keyboard)


def files_lines(words: Words, rule: MediaRule, given: InputValue | None) -> list[Markup]:
    """What to send, how much of it, and how much is there."""
    megabytes = min(rule.max_megabytes or TELEGRAM_MEGABYTES, TELEGRAM_MEGABYTES)
    lines = [words(ASK_KEYS[rule.kind], megabytes=f"{megabytes:f}")]
    if rule.max_count > 1:
        lines.append(words("limit-files", most=rule.max_count))
    count = len(media_in(given))
    if count:
        lines.append(words("files-given", count=count, most=rule.max_count))
    return lines
