"""The row beside the engine's own tables: they do not keep why a job failed."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class JobDeathRow(Base):
    """Why the last attempt of a job ended it: the type of the error, without its words, which may be a person's."""

    __tablename__ = "job_death"

    job_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    died_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    error: Mapped[str]
