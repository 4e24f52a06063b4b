"""Amounts in the store: which there can be, and their sums, which no engine overflows.

A sum of BIGINT is an error in SQLite from 2⁶³ on, which ten thousand projects of the largest amount exceed.
So millions of 分 and what is left of them are summed apart: no row count that fits a disk makes either too
large. Only what is put together may be larger than 64 bits, and reaches us as a whole number all the same.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from parsing import fen
from parsing.values import MOST, money

LIMIT = int(MOST * 100)  # 分, of one project
LARGEST = 2**63 - 1
_PART = 1_000_000


class WholeNumber(sa.types.TypeDecorator[int]):
    """A whole number of any size; engines give sums of BIGINT as decimals, or as floats where they are
    larger than 64 bits."""

    impl = sa.BigInteger
    cache_ok = True

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> int | None:
        return None if value is None else int(value)


def known(yuan: Decimal | None) -> int | None:
    """元 as it is kept: whole 分, None for what no project can have (written before amounts had a range)."""
    return None if yuan is None else fen(money(yuan))


def within(amount: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """A column of the record, None where no project can have the amount."""
    return sa.case((amount.between(0, LIMIT), amount))


def added(amount: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The sum of amounts, unknown ones left out; none where none is known. Exact up to 2⁶³ 分."""
    millions, rest = sa.func.sum(amount // _PART), sa.func.sum(amount % _PART)
    return sa.type_coerce(millions * _PART + rest, WholeNumber())
