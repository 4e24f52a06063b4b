"""What people say of what a review found: a finding set aside, a category not applicable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from dashboard.store import log, stored
from dashboard.store.derived_schema import finding, project
from dashboard.store.errors import StoreConflict, StoreMissing
from dashboard.store.schema import judgement
from parsing import SLOTS

KINDS = ("aside", "declare")
COLUMNS = ("action", "key", "name", "ident", "rule", "message", "slot", "reason", "who", "made")
OPEN = {"aside": 0, "reason": None, "who": None, "action": None}


def standing(connection: sa.Connection, keys: Iterable[str] | None = None) -> list[log.Row]:
    """The judgements that stand (of these keys), in order, each with ``made``."""
    return [row for row, stands in log.every(connection, judgement, keys) if stands]


def apply(connection: sa.Connection, keys: Sequence[str]) -> None:
    """Bring what judgements change in the derived rows of these keys up to date."""
    judged = {
        key
        for part in log.chunks(keys)
        for key in connection.scalars(sa.select(judgement.c.key).where(judgement.c.key.in_(part)).distinct())
    }
    if not judged:
        return
    for part in log.chunks(judged):
        nothing = {f"a{k}": 0 for k in range(1, len(SLOTS) + 1)}
        connection.execute(sa.update(project).where(project.c.key.in_(part)).values(nothing))
        connection.execute(sa.update(finding).where(finding.c.key.in_(part)).values(OPEN))
    for row in standing(connection, sorted(judged)):
        about = [finding.c.key == row.key]
        if row.slot:
            if row.slot not in SLOTS:
                raise stored.newer("不适用的声明", row.action)
            k = SLOTS.index(row.slot) + 1
            empty = project.c.key == row.key, project.c[f"s{k}"] == 0
            if not connection.execute(sa.update(project).where(*empty).values({f"a{k}": 1})).rowcount:
                continue  # it has one by now
            about += [finding.c.slot == row.slot, finding.c.rule.like("C%")]
        else:
            about.append(finding.c.ident == row.ident)
        answer = {"aside": 1, "reason": row.reason, "who": row.who, "action": row.action}
        connection.execute(sa.update(finding).where(*about).values(answer))


def touched(connection: sa.Connection, action: int) -> list[str]:
    """The keys that a judgement is about, or that the undoing of one is."""
    undoes: dict[int, int | None] = {row.action: row.undoes for row in log.heads(connection)}
    while (before := undoes.get(action)) is not None:
        action = before
    return list(connection.scalars(sa.select(judgement.c.key).where(judgement.c.action == action)))


def about_finding(connection: sa.Connection, key: str, ident: str) -> dict[str, str]:
    """What is kept of a finding that is set aside. Raises StoreMissing, StoreConflict."""
    query = (
        sa.select(finding.c.rule, finding.c.message, finding.c.aside, project.c.name)
        .join_from(finding, project, project.c.key == finding.c.key)
        .where(finding.c.key == key, finding.c.ident == ident)
        .order_by(finding.c.seq)
    )
    row = connection.execute(query).first()
    if row is None:
        raise StoreMissing("没有找到这条审核意见，表格可能刚刚更新过")
    if row.aside:
        raise StoreConflict("这条审核意见已经有人处理过了")
    return {"key": key, "name": row.name, "ident": ident, "rule": row.rule, "message": row.message}


def about_slot(connection: sa.Connection, key: str, slot: str) -> dict[str, str]:
    """What is kept of a category declared not applicable. Raises StoreMissing, StoreConflict."""
    k = SLOTS.index(slot) + 1
    columns = (project.c.name, project.c[f"s{k}"].label("filled"), project.c[f"a{k}"].label("declared"))
    row = connection.execute(sa.select(*columns).where(project.c.key == key)).first()
    if row is None:
        raise StoreMissing("没有找到这个项目，可能已被移出或撤销")
    if row.filled:
        raise StoreConflict(f"这个项目已经填写了{slot}指标")
    if row.declared:
        raise StoreConflict(f"这个项目的{slot}指标已经声明为不适用")
    return {"key": key, "name": row.name, "slot": slot}
