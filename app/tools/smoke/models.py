"""KIE Models: can every model be sold, at no loss, and does the provider take our key?"""

from decimal import Decimal

import aiohttp

from app.catalogue import CatalogueError, ModelSpec, Status, UnpricedError, starting_price
from app.clock import SystemClock
from app.db import Database
from app.generation import AccountRefusedError, TryLaterError
from app.generation.kie import KieClient
from app.main import Content, load_content
from app.money import rouble_cost
from app.offers import Offers, Rates, RatesInForce, ShowcaseError
from app.settings import Settings
from app.tools.smoke.verdicts import Verdict, failed, passed, skipped, together, warned
from app.tools.system import System
from bot.texts import TextsError


async def check_models(system: System) -> Verdict:
    """The catalogue first, then KIE's word on our credits."""
    if system.settings is None:
        return skipped("the settings cannot be read")
    try:
        content = load_content(system.settings)
    except CatalogueError as error:
        return failed(*(str(problem) for problem in error.problems))
    except (ShowcaseError, TextsError) as error:
        return failed(*error.problems)
    return together([_prices(system.settings, content), await _account(system)])


def _prices(settings: Settings, content: Content) -> Verdict:
    offers = Offers(content.catalogue, _rates(settings), SystemClock())
    sold = offers.for_sale()
    current = [spec for spec in content.catalogue.models if spec.status is Status.CURRENT]
    problems = [f"{spec.key} has no price" for spec in current if spec not in sold]
    problems += [f"{spec.key} is sold below its cost" for spec in sold if _is_loss(settings, offers, spec)]
    if problems or not sold:
        return failed(*problems or ("nothing is for sale",))
    return passed(f"{len(sold)} models are priced at or above their cost")


def _rates(settings: Settings) -> RatesInForce:
    """Those of the settings: what operators said since is bounded by the same rules when they say it."""
    nowhere = Database("postgresql://", application_name="smoke", max_connections=1)
    return RatesInForce(nowhere, Rates(settings.usd_rub, settings.price_markup, settings.star_rub))


def _is_loss(settings: Settings, offers: Offers, spec: ModelSpec) -> bool:
    try:
        cost = rouble_cost(starting_price(spec).credits, settings.usd_rub)
    except UnpricedError:
        return True
    return offers.price_from(spec) < cost


async def _account(system: System) -> Verdict:
    settings = system.settings
    if settings is None or not settings.kie_key:
        return skipped("KIE was not asked: KIE_API_KEY is not set")
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        client = KieClient(session, base_url=settings.kie_api_url, key=settings.kie_key)
        try:
            return _credits(await client.credits(), settings.kie_low_credits)
        except AccountRefusedError:
            return failed("KIE refuses KIE_API_KEY")
        except TryLaterError:
            return failed("KIE does not answer at KIE_API_URL")


def _credits(left: Decimal, low: int) -> Verdict:
    if left <= 0:
        return failed("KIE has no credits of ours left: nothing can be sold")
    if left < low:
        return warned(f"KIE has {left} credits left, below KIE_LOW_CREDITS ({low})")
    return passed(f"KIE has {left} credits left")
