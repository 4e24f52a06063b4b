"""What the upload page asks: uploads, and what people did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dashboard.store import dating, log
from dashboard.store.derived_schema import candidate, project
from dashboard.store.exact_sum import LIMIT, within
from dashboard.store.reader import Select
from dashboard.store.schema import judgement, oplog, upload, verdict, version

if TYPE_CHECKING:
    import pandas as pd

SAID = ("key", "name", "rule", "message", "slot", "reason")


def uploads(connection: sa.Connection) -> pd.DataFrame:
    """id, file, size, made (ISO, UTC), who, sample, state, projects, indicators, budget_fen, repairs,
    doubtful, repeated, unread, others, action (the confirm or discard that stands), same_as,
    same_file; newest first.

    ``state``: staged, counted, discarded, undone; and, once counted, superseded (each of its projects was
    replaced or taken out) or withdrawn (each was taken out). ``same_as``: an earlier upload of the same
    bytes that was not discarded, and ``same_file`` its name, or None.
    """
    columns = [column for column in upload.c if column.name not in ("reading", "parser")]
    rows = connection.execute(sa.select(*columns).order_by(upload.c.id)).mappings().all()
    heads = defaultdict(list)
    for head in log.heads(connection, oplog.c.upload_id.is_not(None)):
        heads[head.upload_id].append(head)
    counting = set(connection.scalars(sa.select(project.c.upload_id).distinct()))
    replaced = set(
        connection.scalars(
            sa.select(version.c.upload_id).distinct().join(project, project.c.key == version.c.key)
        )
    )
    first: dict[str, tuple[int, str]] = {}
    found = []
    for row in rows:
        state, action = log.upload_state(heads[row["id"]])
        if state == "counted" and row["projects"] and row["id"] not in counting:
            state = "superseded" if row["id"] in replaced else "withdrawn"
        same, file = first.get(row["sha"], (None, None))
        fen = row["budget_fen"]
        if fen is not None and not 0 <= fen <= LIMIT * row["projects"]:
            fen = None  # it has an amount that no project can have
        found.append(
            {**row, "budget_fen": fen, "state": state, "action": action, "same_as": same, "same_file": file}
        )
        if state != "discarded":
            first.setdefault(row["sha"], (row["id"], row["file"]))
    names = [*(column.name for column in columns), "state", "action", "same_as", "same_file"]
    import pandas as pd

    frame = pd.DataFrame(found[::-1], columns=names).drop(columns="sha")
    return frame.astype({"budget_fen": "Int64", "action": "Int64", "same_as": "Int64"})


def history(connection: sa.Connection) -> pd.DataFrame:
    """action, kind (see ``schema.oplog``), made, who, files (a list), upload_id, projects, undoes, undone_by,
    stands; of a judgement (aside, declare) also key, name, rule, message, slot, reason; of a verdict key,
    name and, as message, its word; newest first."""
    columns = (oplog.c.action, oplog.c.kind, oplog.c.made, oplog.c.who, oplog.c.upload_id, oplog.c.undoes)
    head = sa.select(*columns).where(oplog.c.key.is_(None)).order_by(oplog.c.id)
    rows = connection.execute(head).mappings().all()
    count = sa.select(oplog.c.action, sa.func.count(oplog.c.key)).group_by(oplog.c.action)
    sizes: dict[int, int] = dict(connection.execute(count).all())
    files = defaultdict(list)
    query = (
        sa.select(oplog.c.action, upload.c.file)
        .join_from(oplog, upload, upload.c.id == oplog.c.upload_id)
        .distinct()
        .order_by(oplog.c.action, upload.c.file)
    )
    for action, file in connection.execute(query):
        files[action].append(file)
    said = connection.execute(sa.select(judgement.c.action, *(judgement.c[name] for name in SAID))).mappings()
    judged = {row["action"]: dict(row) for row in said}
    decided = sa.select(verdict.c.action, verdict.c.key, verdict.c.name, verdict.c.verdict.label("message"))
    judged |= {row["action"]: dict(row) for row in connection.execute(decided).mappings()}
    sizes |= dict.fromkeys(judged, 1)
    stands = log.standing((row["action"], row["undoes"]) for row in rows)
    undone = {row["undoes"]: row["action"] for row in rows if row["undoes"] and stands[row["action"]]}
    found = []
    for row in reversed(rows):
        action = row["action"]
        more = {"files": files[action], "projects": sizes[action], "undone_by": undone.get(action)}
        found.append({**row, **judged.get(action, {}), **more, "stands": stands[action]})
    names = [*(column.name for column in columns), "files", "projects", "undone_by", "stands", *SAID]
    import pandas as pd

    frame = pd.DataFrame(found, columns=names)
    return frame.astype({"upload_id": "Int64", "undoes": "Int64", "undone_by": "Int64"})


def left_behind(connection: sa.Connection) -> list[dict[str, Any]]:
    """Tables read in part that their files were confirmed without and nobody counted since, while no other
    table of their project counts: version_id, upload_id, file, name, unit, place, budget_fen, partial, in the
    order in which they came."""
    ever = sa.select(oplog.c.version_id).where(oplog.c.version_id.is_not(None))
    named = (version.c[name] for name in ("name", "unit", "place"))
    columns = (candidate.c.version_id, candidate.c.upload_id, upload.c.file, *named)
    query = (
        sa.select(*columns, candidate.c.budget_fen, candidate.c.partial)
        .join_from(candidate, version, version.c.id == candidate.c.version_id)
        .join(upload, upload.c.id == candidate.c.upload_id)
        .where(candidate.c.partial != "", log.ORIGINAL)
        .where(candidate.c.version_id.not_in(ever), candidate.c.key.not_in(sa.select(project.c.key)))
    )
    rows = [dict(row) for row in connection.execute(query.order_by(candidate.c.version_id)).mappings()]
    counted = {
        number
        for number in {row["upload_id"] for row in rows}
        if log.state_of(connection, number)[0] == "counted"
    }
    return [
        row for row in rows if row["upload_id"] in counted and dating.stands(connection, row["version_id"])
    ]


def touched(connection: sa.Connection, actions: Iterable[int]) -> int:
    """How many projects some actions changed, each once."""
    keys: set[str] = set()
    for part in log.chunks(actions):
        query = sa.select(oplog.c.key).where(oplog.c.action.in_(part), oplog.c.key.is_not(None))
        keys.update(connection.scalars(query))
    return len(keys)


def versions(key: str) -> Select:
    """version_id, upload_id, file, made, who, decided (1 where people decided about repairs, else the file
    said it), budget_fen, indicators, repairs, sample, current (1 for the one that counts) of the versions
    that ever counted, newest first."""
    acted = oplog.alias()
    decision = version.join(upload, upload.c.id == version.c.upload_id).outerjoin(
        acted, sa.and_(acted.c.version_id == version.c.id, acted.c.kind == "decide")
    )
    ever = sa.select(oplog.c.version_id).where(oplog.c.key == key, oplog.c.version_id.is_not(None))
    query = sa.select(project.c.version_id).where(project.c.key == key)
    return (
        sa.select(
            version.c.id.label("version_id"),
            version.c.upload_id,
            upload.c.file,
            sa.func.coalesce(acted.c.made, upload.c.made).label("made"),
            sa.func.coalesce(acted.c.who, upload.c.who).label("who"),
            sa.case((acted.c.id.is_not(None), 1), else_=0).label("decided"),
            within(version.c.budget_fen).label("budget_fen"),
            version.c.indicators,
            version.c.repairs,
            upload.c.sample,
            sa.case((version.c.id.in_(query), 1), else_=0).label("current"),
        )
        .select_from(decision)
        .where(version.c.id.in_(ever))
        .order_by(version.c.id.desc())
    )
