"""The statements about what is other at the provider."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as upsert

from app.db import Session
from app.generation.market.differences import Change, Difference
from app.generation.market.tables import MarketNewsRow


async def put_news(
    session: Session, found: Sequence[Difference], among: Collection[Change], model: str | None = None
) -> None:
    """From now on these, of these kinds (and of this model alone, where one is named), and no others."""
    keys = [it.key for it in found]
    old = delete(MarketNewsRow).where(MarketNewsRow.change.in_(among), MarketNewsRow.key.not_in(keys))
    await session.execute(old if model is None else old.where(MarketNewsRow.model == model))
    for it in found:
        statement = upsert(MarketNewsRow).values(
            key=it.key,
            change=it.change,
            model=it.model,
            name=it.name,
            what=it.what,
            before=it.before,
            after=it.after,
        )
        await session.execute(statement.on_conflict_do_nothing(index_elements=[MarketNewsRow.key]))
