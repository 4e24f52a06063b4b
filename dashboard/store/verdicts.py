"""What meetings decide about projects: passed, passed under conditions, sent back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, get_args

import sqlalchemy as sa
from pydantic import TypeAdapter

from dashboard.store import log, stored
from dashboard.store.derived_schema import project
from dashboard.store.errors import StoreConflict, StoreMissing
from dashboard.store.schema import verdict
from parsing import printable

Word = Literal["通过", "有条件通过", "退回"]
WORDS: tuple[Word, ...] = get_args(Word)


class Condition(NamedTuple):
    """``ident``: the finding that it is about, or ""."""

    text: str
    ident: str = ""


_CONDITIONS = TypeAdapter(tuple[Condition, ...])


class Verdict(NamedTuple):
    """``made``: ISO time, UTC; ``action``: its number in the log, to undo it; ``name``: the project's then;
    ``stands``: nobody undid it."""

    action: int
    key: str
    name: str
    verdict: Word
    conditions: tuple[Condition, ...]
    who: str
    made: str
    stands: bool


def every(connection: sa.Connection, keys: Iterable[str] | None = None) -> list[Verdict]:
    """All verdicts ever given (about these projects), the oldest first."""
    return [
        Verdict(row.action, row.key, row.name, row.verdict, _conditions(row), row.who, row.made, stands)
        for row, stands in log.every(connection, verdict, keys)
    ]


def _conditions(row: log.Row) -> tuple[Condition, ...]:
    """Raises StoreDamaged, StoreNewer."""
    if row.verdict not in WORDS:
        raise stored.newer("会议决定", row.action)
    return stored.opened("会议决定", row.action, lambda: _CONDITIONS.validate_json(row.conditions))


def now(connection: sa.Connection, keys: Iterable[str] | None = None) -> dict[str, Verdict]:
    """Key → the verdict that holds: the last one that stands."""
    return {one.key: one for one in every(connection, keys) if one.stands}


def row(
    connection: sa.Connection,
    key: str,
    said: str,
    conditions: Sequence[Condition],
    who: str,
    seen: int | None,
) -> dict[str, Any]:
    """The row of ``verdict`` but for its action. ``seen``: the action of the verdict that held when it was
    decided. Raises ValueError for what cannot be said, StoreMissing, and StoreConflict when somebody else
    decided meanwhile."""
    texts = [
        Condition(text, condition.ident)
        for condition in conditions
        if (text := printable(condition.text).strip())
    ]
    who = printable(who).strip()
    if said not in WORDS:
        raise ValueError("请选择通过、有条件通过或退回")
    if said == "有条件通过" and not texts:
        raise ValueError("有条件通过须写明条件")
    if said == "通过" and texts:
        raise ValueError("通过不带条件；要提条件请选“有条件通过”")
    if not who:
        raise ValueError("请写明是谁作的决定")
    name = connection.scalar(sa.select(project.c.name).where(project.c.key == key))
    if name is None:
        raise StoreMissing("没有找到这个项目，可能已被移出或撤销")
    held = now(connection, [key]).get(key)
    if (held.action if held else None) != seen:
        said_now = f"{held.who}刚刚定为“{held.verdict}”" if held else "刚刚有人撤销了原来的决定"
        raise StoreConflict(f"{said_now}，请看过之后再决定")
    return {
        "key": key,
        "name": name,
        "verdict": said,
        "conditions": json.dumps([one._asdict() for one in texts], ensure_ascii=False),
        "who": who,
    }
