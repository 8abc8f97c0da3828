"""The statements about quotes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, insert, select, text

from app.catalogue import ModelKey
from app.db import ReadSession, Session
from app.money import USD_PER_CREDIT, Credits, Kopecks
from app.offers.quote import QUOTE_LIFETIME, Quote, QuotedDraft
from app.offers.rates import Rates
from app.offers.tables import QuoteRow, RatesRow

# Any number serves, as long as every change of the rates takes the same.
_RATES_LOCK = text("SELECT pg_advisory_xact_lock(7318002455)")


@dataclass(frozen=True, slots=True)
class Worth:
    """What a draft costs us, in KIE's credits, and whether the person gets it for free."""

    credits: Credits
    is_free: bool


async def insert_quote(
    session: Session, draft: QuotedDraft, worth: Worth, rates: Rates, moment: datetime
) -> Quote:
    """Freezes the price of the draft from `moment` on."""
    statement = (
        insert(QuoteRow)
        .values(
            user_id=draft.user_id,
            draft_id=draft.draft_id,
            revision=draft.revision,
            model_key=draft.model_key,
            inputs_digest=draft.digest(),
            price_kopecks=0 if worth.is_free else rates.price(worth.credits),
            is_free=worth.is_free,
            credits=worth.credits,
            usd_rub=rates.usd_rub,
            markup=rates.markup,
            star_rub=rates.star_rub,
            dollars=worth.credits * USD_PER_CREDIT,
            unrounded_kopecks=rates.unrounded(worth.credits),
            created_at=moment,
            expires_at=moment + QUOTE_LIFETIME,
        )
        .returning(QuoteRow)
    )
    return _quote((await session.execute(statement)).scalar_one())


async def find_live(
    session: ReadSession, draft: QuotedDraft, moment: datetime, *, is_free: bool
) -> Quote | None:
    """The quote that is in force for exactly this draft, of the kind that is asked for."""
    statement = (
        select(QuoteRow)
        .where(
            QuoteRow.draft_id == draft.draft_id,
            QuoteRow.revision == draft.revision,
            QuoteRow.user_id == draft.user_id,
            QuoteRow.model_key == draft.model_key,
            QuoteRow.inputs_digest == draft.digest(),
            QuoteRow.expires_at > moment,
            QuoteRow.is_free == is_free,
        )
        .order_by(QuoteRow.id.desc())
        .limit(1)
    )
    return await _first(session, statement)


async def find_quote(session: ReadSession, quote_id: int) -> Quote | None:
    """A quote by its id, live or not."""
    return await _first(session, select(QuoteRow).where(QuoteRow.id == quote_id))


async def newest_rates(session: ReadSession) -> Rates | None:
    """What operators put in force last."""
    statement = select(RatesRow).order_by(RatesRow.id.desc()).limit(1)
    row = (await session.execute(statement)).scalar_one_or_none()
    if row is None:
        return None
    return Rates(row.usd_rub, row.markup, row.star_rub, Kopecks(row.improvement_kopecks))


async def lock_rates(session: Session) -> None:
    """Changes come one after the other from here to the end of the unit."""
    await session.execute(_RATES_LOCK)


async def insert_rates(session: Session, rates: Rates) -> None:
    """Rates that are in force from now on."""
    await session.execute(
        insert(RatesRow).values(
            usd_rub=rates.usd_rub,
            markup=rates.markup,
            star_rub=rates.star_rub,
            improvement_kopecks=rates.improvement,
        )
    )


async def _first(session: ReadSession, statement: Select[QuoteRow]) -> Quote | None:
    row = (await session.execute(statement)).scalar_one_or_none()
    return None if row is None else _quote(row)


def _quote(row: QuoteRow) -> Quote:
    return Quote(
        id=row.id,
        user_id=row.user_id,
        draft_id=row.draft_id,
        revision=row.revision,
        model_key=ModelKey(row.model_key),
        price=Kopecks(row.price_kopecks),
        credits=Credits(row.credits),
        usd_rub=row.usd_rub,
        markup=row.markup,
        star_rub=row.star_rub,
        expires_at=row.expires_at,
        dollars=row.dollars,
        unrounded=row.unrounded_kopecks,
        is_free=row.is_free,
    )
