"""Payment Configuration: can people pay, and does no way of paying sell below cost?"""

from app.money import USD_PER_STAR, Stars
from app.payments import StarsTerms
from app.settings import Settings
from app.tools.smoke.verdicts import Verdict, failed, passed, skipped, together, warned
from app.tools.system import System

BANK = ("payment_bank", "payment_card", "payment_card_holder", "payment_phone")
YOOKASSA = ("yookassa_shop_id", "yookassa_secret_key")


async def check_payments(system: System) -> Verdict:
    """Stars, the groups of settings that only work together, and the economics of a Star."""
    settings = system.settings
    if settings is None:
        return skipped("the settings cannot be read")
    groups = [*_whole(settings, BANK), *_whole(settings, YOOKASSA)]
    return together([_stars(settings), _economics(settings), *groups])


def _stars(settings: Settings) -> Verdict:
    terms = StarsTerms(settings.star_rub, tuple(Stars(pack) for pack in settings.star_packs))
    bad = [str(pack) for pack in settings.star_packs if not terms.takes(pack)]
    if bad:
        return failed(
            f"STAR_PACKS: no order takes {', '.join(bad)} Stars ({terms.smallest} to {terms.largest} are)"
        )
    if not terms.offered:
        return failed("STAR_PACKS: empty, so no payment method is offered")
    return passed(f"Stars: {len(terms.offered)} packs")


def _whole(settings: Settings, names: tuple[str, ...]) -> list[Verdict]:
    """Settings that are of use only together."""
    missing = [name.upper() for name in names if not getattr(settings, name)]
    if 0 < len(missing) < len(names):
        return [
            failed(f"{', '.join(missing)}: missing beside the others of {names[0].split('_')[0].upper()}_*")
        ]
    return []


def _economics(settings: Settings) -> Verdict:
    """A rouble that was credited for Stars may have brought less than a rouble; prices then rise to cover the cost."""
    brings = USD_PER_STAR * settings.usd_rub
    if settings.star_rub > brings * settings.price_markup:
        return warned(
            f"STAR_RUB: a Star credits {settings.star_rub} and brings {brings}: prices rise above PRICE_MARKUP"
        )
    return passed("what a Star credits is covered by the markup")
