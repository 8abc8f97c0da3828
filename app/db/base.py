"""The declarative base that every `tables` module builds on, with fixed names for constraints."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, DateTime, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Integers are bigint (Telegram's ids, kopecks), strings are text, times carry their zone."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        int: BigInteger,
        str: Text,
        datetime: DateTime(timezone=True),
    }
