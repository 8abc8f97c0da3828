"""The statements that find what a model can go on from. Every time is the database's own."""

from collections.abc import Collection, Sequence

from sqlalchemy import text

from app.db import ReadSession

_TO_GO_ON = text(
    """
    SELECT id FROM generation
    WHERE user_id = :user_id AND model_key = ANY(:models) AND kie_task_id IS NOT NULL AND results <> '[]'::jsonb
        AND submitted_at > clock_timestamp() - make_interval(secs => :kept)
        AND id < coalesce(CAST(:before AS bigint), 9223372036854775807)
    ORDER BY id DESC LIMIT :limit
    """
)

_IS_THERE = text(
    """
    SELECT count(*) FROM generation
    WHERE kie_task_id = :task_id AND user_id = :user_id AND model_key = ANY(:models) AND results <> '[]'::jsonb
        AND submitted_at > clock_timestamp() - make_interval(secs => :kept)
    """
)


async def list_to_go_on(
    session: ReadSession,
    user_id: int,
    models: Collection[str],
    *,
    kept: float,
    before: int | None,
    limit: int,
) -> Sequence[int]:
    """The person's generations by these models that the provider has had for less than `kept` seconds, newest first."""
    wanted = {
        "user_id": user_id,
        "models": list(models),
        "kept": kept,
        "before": before,
        "limit": limit,
    }
    return (await session.execute(_TO_GO_ON, wanted)).scalars().all()


async def has_task(
    session: ReadSession, user_id: int, task_id: str, models: Collection[str], *, kept: float
) -> bool:
    """Whether the task is this person's, of one of these models, and the provider still keeps it."""
    wanted = {"user_id": user_id, "task_id": task_id, "models": list(models), "kept": kept}
    found: int = (await session.execute(_IS_THERE, wanted)).scalar_one()
    return found > 0
