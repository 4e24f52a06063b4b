"""Reviews after the fact: what was counted is reviewed outside the write lock, and what shows only among
many, findings and what would be summed twice, is looked for again in the years that changed.

A mark says up to which action, and by which version of the rules and standards, that is done. Anybody may
settle at any time, several programs at once too: each writes only what still holds when it has the lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import sqlalchemy as sa

from dashboard.store import dismissals, levels, log, stored
from dashboard.store.derive import Row, unpack
from dashboard.store.derived_schema import finding, mark, outline, project, requirement
from dashboard.store.engine import reading, writing
from dashboard.store.projection import SETTLED
from dashboard.store.reviewed import finding_rows, portfolio_rows, requirement_rows
from dashboard.store.schema import oplog, version
from dashboard.store.standards import Standards, StandardsFolder
from parsing import Project

PATIENCE = 1.0  # seconds that a page waits for another program's lock: it can be shown without this
PART = 100  # projects reviewed between two looks at the store
TIMES = "settles"
Years = list[int | None]
OnProgress = Callable[[int, int], None]


def settle(engine: sa.Engine, shelf: StandardsFolder, on_progress: OnProgress) -> bool:
    """Bring reviews and portfolio findings up to date; whether there was anything to do.
    ``on_progress(done, all)`` after each part of many; what it raises ends the work, and the next to settle
    goes on from there. Raises StoreBusy."""
    with reading(engine) as connection:
        last, done = _last(connection), marked(connection, SETTLED)
    if done == f"{last} {shelf.rules_version()}":
        return False
    standards = shelf.now()
    with reading(engine) as connection:
        count = sa.select(sa.func.count()).select_from(project)
        many = connection.scalar(count.where(project.c.edition != standards.rules_version)) or 0
    for turn in range(1, 2 * many // PART + 10):  # not for ever: another program may be of another version
        if not _review_some(engine, standards):
            break
        if many > PART:
            on_progress(min(turn * PART, many), many)
    with reading(engine) as connection:
        last = _last(connection)
        years = _years(connection, standards.rules_version)
    with writing(engine, PATIENCE) as connection:
        levels.mark(connection, years)  # first: nothing is compared with what it consists of
    with reading(engine) as connection:
        rows = [row for year in years for row in _compare(connection, year, standards)]
    with writing(engine, PATIENCE) as connection:
        _put(connection, years, rows, last, standards.rules_version)
    return True


def marked(connection: sa.Connection, name: str) -> str:
    return connection.scalar(sa.select(mark.c.value).where(mark.c.name == name)) or ""


def settles(connection: sa.Connection) -> int:
    """How often something was settled."""
    return _number(marked(connection, TIMES))


def _settled(connection: sa.Connection) -> tuple[int, str]:
    """The action up to which all is settled, and by which version of the rules."""
    action, _, by = marked(connection, SETTLED).partition(" ")
    return _number(action), by


def _number(text: str) -> int:
    """What is no number, as damage may leave it, is as if nothing were settled yet."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _last(connection: sa.Connection) -> int:
    return connection.scalar(sa.select(sa.func.max(oplog.c.action))) or 0


def _review_some(engine: sa.Engine, standards: Standards) -> bool:
    """Review some projects that this version of the rules did not review; False when there is none left."""
    query = (
        sa.select(project.c.key, version.c.id, version.c.payload)
        .join_from(project, version, version.c.id == project.c.version_id)
        .where(project.c.edition != standards.rules_version)
        .order_by(project.c.key)
        .limit(PART)
    )
    with reading(engine) as connection:
        found = connection.execute(query).all()
    if not found:
        return False
    rows = {number: _reviewed(key, unpack(payload, number), standards) for key, number, payload in found}
    with writing(engine, PATIENCE) as connection:
        still = sa.select(project.c.key, project.c.version_id).where(
            project.c.version_id.in_(rows), project.c.edition != standards.rules_version
        )
        held = {number: key for key, number in connection.execute(still)}
        keys = list(held.values())
        own = {finding: [finding.c.portfolio == 0]}
        for table in (finding, requirement, outline):
            connection.execute(sa.delete(table).where(table.c.key.in_(keys), *own.get(table, ())))
            if new := [row for number in held for row in rows[number][table]]:
                connection.execute(sa.insert(table), new)
        statement = sa.update(project).where(project.c.key.in_(keys)).values(edition=standards.rules_version)
        connection.execute(statement)
        dismissals.apply(connection, keys)
    return True


def _reviewed(key: str, said: Project, standards: Standards) -> dict[sa.Table, list[Row]]:
    from parsing import outline as outlined
    from parsing import packed

    return {
        finding: finding_rows(key, said, standards.known),
        requirement: requirement_rows(key, said, standards.known),
        outline: [{"key": key, "text": packed(outlined(said))}],
    }


def _years(connection: sa.Connection, rules_version: str) -> Years:
    """The years in which something changed since the mark; all of them after a change of the rules."""
    action, by = _settled(connection)
    if by != rules_version:
        return list(connection.scalars(sa.select(project.c.year).distinct()))
    moved = sa.and_(oplog.c.action > action, oplog.c.key.is_not(None))
    found: set[int | None] = set()
    for column in (oplog.c.version_id, oplog.c.prev_id):
        query = sa.select(version.c.year).join_from(oplog, version, version.c.id == column)
        found |= set(connection.scalars(query.where(moved).distinct()))
    return list(found)


def _compare(connection: sa.Connection, year: int | None, standards: Standards) -> list[Row]:
    from parsing import unpacked

    found = connection.execute(
        sa.select(outline.c.key, outline.c.text)
        .join_from(outline, project, project.c.key == outline.c.key)
        .where(_of(year), project.c.doubled == 0)
        .order_by(outline.c.key)
    ).all()
    outlines = [stored.opened("项目概要", row.key, partial(unpacked, row.text)) for row in found]
    return portfolio_rows([row.key for row in found], outlines, standards.known)


def _of(year: int | None) -> sa.ColumnElement[bool]:
    return project.c.year.is_(None) if year is None else project.c.year == year


def _put(connection: sa.Connection, years: Years, rows: Sequence[Row], last: int, rules_version: str) -> None:
    """Write what was compared after the action ``last``, and that it was. Somebody who compared later, or a
    project that changed since, is left alone: the next to settle sees to it."""
    action, by = _settled(connection)
    if by == rules_version and action > last:
        return
    for year in years:
        keys = sa.select(project.c.key).where(_of(year))
        connection.execute(sa.delete(finding).where(finding.c.portfolio == 1, finding.c.key.in_(keys)))
    moved = set(connection.scalars(sa.select(oplog.c.key).where(oplog.c.action > last)))
    still = [row for row in rows if row["key"] not in moved]
    for part in log.chunks(still):
        connection.execute(sa.insert(finding), part)
    dismissals.apply(connection, sorted({row["key"] for row in still}))
    times = settles(connection) + 1
    connection.execute(sa.delete(mark).where(mark.c.name.in_((SETTLED, TIMES))))
    values = {SETTLED: f"{last} {rules_version}", TIMES: str(times)}
    connection.execute(sa.insert(mark), [{"name": name, "value": value} for name, value in values.items()])
