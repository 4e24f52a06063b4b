"""Reviews after the fact: what was counted is reviewed outside the write lock, and what shows only among
many is looked for again in the years that changed.

A mark says up to which action, and by which edition of the rules and standards, that is done. Anybody may
settle at any time, several programs at once too: each writes only what still holds when it has the lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import sqlalchemy as sa

from dashboard.store import judged, log
from dashboard.store.counted import SETTLED
from dashboard.store.derive import Row, unpack
from dashboard.store.engine import reading, writing
from dashboard.store.reviewed import finding_rows, portfolio_rows, requirement_rows
from dashboard.store.schema import finding, goal, indicator, mark, oplog, project, requirement, version
from dashboard.store.shelf import Shelf, Standards

PART = 100  # projects reviewed between two looks at the store
TRIES = 3  # times that others may change the store while portfolios are compared
TIMES = "settles"
Years = list[int | None]


def settle(engine: sa.Engine, shelf: Shelf) -> bool:
    """Bring reviews and portfolio findings up to date; whether there was anything to do."""
    with reading(engine) as connection:
        last, done = _last(connection), marked(connection, SETTLED)
    if done == f"{last} {shelf.edition()}":
        return False
    standards = shelf.now()
    with reading(engine) as connection:
        many = connection.scalar(sa.select(sa.func.count()).select_from(project)) or 0
    for _ in range(2 * many // PART + 10):  # not for ever: another program may be of another edition
        if not _review_some(engine, standards):
            break
    for _ in range(TRIES):
        with reading(engine) as connection:
            last = _last(connection)
            years = _years(connection, standards.edition)
            rows = _compared(connection, years, standards)
        with writing(engine) as connection:
            if _last(connection) == last:
                return _put(connection, years, rows, last, standards)
    with writing(engine) as connection:  # others are too busy to wait for
        years = _years(connection, standards.edition)
        rows = _compared(connection, years, standards)
        return _put(connection, years, rows, _last(connection), standards)


def marked(connection: sa.Connection, name: str) -> str:
    return connection.scalar(sa.select(mark.c.value).where(mark.c.name == name)) or ""


def _last(connection: sa.Connection) -> int:
    return connection.scalar(sa.select(sa.func.max(oplog.c.action))) or 0


def _review_some(engine: sa.Engine, standards: Standards) -> bool:
    """Review some projects that this edition did not review; False when there is none left."""
    chosen = (
        sa.select(project.c.key, version.c.id, version.c.payload)
        .join_from(project, version, version.c.id == project.c.version_id)
        .where(project.c.edition != standards.edition)
        .order_by(project.c.key)
        .limit(PART)
    )
    with reading(engine) as connection:
        found = connection.execute(chosen).all()
    if not found:
        return False
    rows: dict[int, tuple[list[Row], list[Row]]] = {}
    for key, number, payload in found:
        said = unpack(payload)
        known = standards.known
        rows[number] = finding_rows(key, said, known), requirement_rows(key, said, known)
    with writing(engine) as connection:
        still = sa.select(project.c.key, project.c.version_id).where(
            project.c.version_id.in_(rows), project.c.edition != standards.edition
        )
        held = {number: key for key, number in connection.execute(still)}
        keys = list(held.values())
        own = finding.c.key.in_(keys), finding.c.portfolio == 0
        connection.execute(sa.delete(finding).where(*own))
        connection.execute(sa.delete(requirement).where(requirement.c.key.in_(keys)))
        for table, n in ((finding, 0), (requirement, 1)):
            if new := [row for number in held for row in rows[number][n]]:
                connection.execute(sa.insert(table), new)
        done = sa.update(project).where(project.c.key.in_(keys)).values(edition=standards.edition)
        connection.execute(done)
        judged.apply(connection, keys)
    return True


def _years(connection: sa.Connection, edition: str) -> Years:
    """The years in which something changed since the mark; all of them after a change of the rules."""
    action, _, by = marked(connection, SETTLED).partition(" ")
    if by != edition:
        return list(connection.scalars(sa.select(project.c.year).distinct()))
    moved = sa.and_(oplog.c.action > int(action), oplog.c.key.is_not(None))
    found: set[int | None] = set()
    for column in (oplog.c.version_id, oplog.c.prev_id):
        chosen = sa.select(version.c.year).join_from(oplog, version, version.c.id == column)
        found |= set(connection.scalars(chosen.where(moved).distinct()))
    return list(found)


def _compared(connection: sa.Connection, years: Years, standards: Standards) -> list[Row]:
    return [row for year in years for row in _compare(connection, year, standards)]


def _compare(connection: sa.Connection, year: int | None, standards: Standards) -> list[Row]:
    from parsing import Line, Outline

    of_year = project.c.year.is_(None) if year is None else project.c.year == year
    columns = ("key", "name", "unit", "project_type", "budget_fen", "place")
    heads = connection.execute(
        sa.select(*(project.c[name] for name in columns)).where(of_year).order_by(project.c.key)
    ).all()
    lines: dict[str, list[Line]] = {row.key: [] for row in heads}
    goals: dict[str, dict[str, str]] = {row.key: {} for row in heads}
    fields = ("key", "seq", "slot", "name", "annual", "period", "place")
    chosen = sa.select(*(indicator.c[name] for name in fields)).join_from(
        indicator, project, project.c.key == indicator.c.key
    )
    for row in connection.execute(chosen.where(of_year).order_by(indicator.c.key, indicator.c.seq)):
        said = (row.annual or row.period or "").strip()
        lines[row.key].append(Line(row.seq, row.slot, row.name, said, row.place))
    texts = sa.select(goal).join_from(goal, project, project.c.key == goal.c.key)
    for row in connection.execute(texts.where(of_year).order_by(goal.c.key, goal.c.path.desc())):
        goals[row.key][row.path] = row.text
    outlines = [
        Outline(
            name=row.name,
            unit=row.unit or "",
            project_type=row.project_type or "",
            year=year,
            budget_yuan=None if row.budget_fen is None else Decimal(row.budget_fen) / 100,
            place=row.place,
            goals=goals[row.key],
            lines=tuple(lines[row.key]),
        )
        for row in heads
    ]
    return portfolio_rows([row.key for row in heads], outlines, standards.known)


def _put(
    connection: sa.Connection, years: Years, rows: Sequence[Row], last: int, standards: Standards
) -> bool:
    for year in years:
        of_year = project.c.year.is_(None) if year is None else project.c.year == year
        keys = sa.select(project.c.key).where(of_year)
        connection.execute(sa.delete(finding).where(finding.c.portfolio == 1, finding.c.key.in_(keys)))
    for part in log.chunks(rows):
        connection.execute(sa.insert(finding), part)
    judged.apply(connection, sorted({row["key"] for row in rows}))
    times = int(marked(connection, TIMES) or 0) + 1
    connection.execute(sa.delete(mark).where(mark.c.name.in_((SETTLED, TIMES))))
    values = {SETTLED: f"{last} {standards.edition}", TIMES: str(times)}
    connection.execute(sa.insert(mark), [{"name": name, "value": value} for name, value in values.items()])
    return True
