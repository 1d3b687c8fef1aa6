"""Rows to frozen data: the fields of a dataclass are the columns of its table, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, fields
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Row, Select, Table, select

Built = TypeVar("Built")


class Data(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def selected(table: Table, data: type[Data]) -> Select[Any]:
    """Return a SELECT of the columns that ``data`` has fields for, in their order."""
    return select(*(table.c[f.name] for f in fields(data)))


def built(data: Callable[..., Built], row: Row[Any]) -> Built:
    """Return the dataclass of a row that ``selected`` asked for."""
    return data(*row)


def values(table: Table, item: Data) -> dict[str, Any]:
    """Return an item's fields that ``table`` has columns for, to insert or update."""
    return {name: getattr(item, name) for name in _shared(table, type(item))}


@cache
def _shared(table: Table, data: type[Data]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(data) if f.name in table.c)
