"""The questions of the staff about a correction of somebody's balance."""

from collections.abc import Mapping
from types import MappingProxyType

from app.admin import Direction, Profile
from app.ledger import Bucket
from bot.keyboards.admin_money import ask_sum_keyboard, bucket_keyboard
from bot.staff_wishes import BucketOf
from bot.texts import Markup, Words
from bot.view import View
from bot.views.admin_confirm import before_lines

BUCKET_KEYS = MappingProxyType({Direction.GIVE: "admin-bucket-give", Direction.TAKE: "admin-bucket-take"})

ASK_KEYS: Mapping[tuple[Direction, Bucket], str] = MappingProxyType(
    {
        (Direction.GIVE, Bucket.CASH): "admin-ask-give-cash",
        (Direction.GIVE, Bucket.BONUS): "admin-ask-give-bonus",
        (Direction.TAKE, Bucket.CASH): "admin-ask-take-cash",
        (Direction.TAKE, Bucket.BONUS): "admin-ask-take-bonus",
    }
)


def bucket_view(words: Words, profile: Profile, direction: Direction) -> View:
    """What there is now, and which part of it shall change."""
    title = words(BUCKET_KEYS[direction], name=profile.user.first_name, id=str(profile.user.id))
    text = Markup("\n".join([title, *before_lines(words, profile.balance), "", words("admin-bucket")]))
    return View(text, bucket_keyboard(words, profile.user.id, direction))


def ask_sum_view(words: Words, profile: Profile, wanted: BucketOf) -> View:
    """How much and why."""
    key = ASK_KEYS[wanted.direction, wanted.bucket]
    text = words(key, name=profile.user.first_name, id=str(profile.user.id))
    return View(text, ask_sum_keyboard(words, wanted), wanted.awaited.text)
