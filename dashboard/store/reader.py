"""Statements in, DataFrames out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dashboard.store.engine import connect, reading
from dashboard.store.exact_sum import LARGEST, WholeNumber

if TYPE_CHECKING:
    import pandas as pd

Select = sa.Select[*tuple[Any, ...]]  # of any columns
Reader = Callable[[Select], "pd.DataFrame"]


def reader(source: str | sa.Engine) -> Reader:
    """A callable that runs a select and gives its rows, columns named as selected.

    Integers stay integers: a column with unknowns is ``Int64`` with ``<NA>``, never a float; one with a sum
    that 64 bits do not hold is of objects.
    """
    engine = connect(source) if isinstance(source, str) else source

    def run(select: Select) -> pd.DataFrame:
        import pandas as pd  # here, because it takes a second that tiles need not wait for

        with reading(engine) as connection:
            rows = connection.execute(select).all()
        frame = pd.DataFrame.from_records(rows, columns=list(select.selected_columns.keys()))
        for name, column in select.selected_columns.items():
            if isinstance(column.type, WholeNumber) and any(abs(one or 0) > LARGEST for one in frame[name]):
                frame[name] = frame[name].astype(object)
            elif isinstance(column.type, (sa.Integer, WholeNumber)):
                frame[name] = frame[name].astype("Int64" if frame[name].isna().any() else "int64")
            elif isinstance(column.type, sa.String):
                frame[name] = frame[name].astype("str")
        return frame

    return run
