"""What every table is made of: the names of constraints, the columns that many share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData, String, Table
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = String(36)
Code = String(120)
Hash = String(64)
Counter = BigInteger().with_variant(Integer, "sqlite")


def table(name: str, *items: SchemaItem) -> Table:
    """Return a table of ours."""
    return Table(name, metadata, *items)


def counted(name: str, *items: SchemaItem) -> Table:
    """Return a table whose counter never gives a number twice."""
    return Table(name, metadata, *items, sqlite_autoincrement=True)
