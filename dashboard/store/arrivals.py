"""A file that came in, in the tables of the record: once, however often its waiting is ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from dashboard.store import candidates, log
from dashboard.store.derive import upload_row, version_row
from dashboard.store.schema import Id, blob, metadata, upload, version
from parsing import Project, Reading, readable

Row = dict[str, Any]
arrival = sa.Table(  # which upload a file became that waited to be stored, so that it becomes one; record
    "arrival",
    metadata,
    sa.Column("entry", sa.String(64), primary_key=True),
    sa.Column("upload_id", Id, sa.ForeignKey("upload.id"), nullable=False),
)


def known(connection: sa.Connection, entry: str) -> int | None:
    """The upload that a file became which waited as ``entry``."""
    return connection.scalar(sa.select(arrival.c.upload_id).where(arrival.c.entry == entry))


def rows(file: str, data: bytes, reading: Reading, who: str, sample: bool) -> tuple[Row, list[Row]]:
    """Of an upload and its versions."""
    versions = [version_row(project) for project in reading.projects]
    own = {"who": who, "made": log.now(), "sample": int(sample)}
    return upload_row(readable(file), data, reading, versions) | own, versions


def insert(
    connection: sa.Connection,
    made: tuple[Row, Sequence[Row]],
    data: bytes,
    projects: Sequence[Project],
    entry: str | None = None,
) -> int:
    """Add an upload with its content and its versions (``made``: as of ``rows``); returns its id."""
    row, versions = made
    sha = row["sha"]
    if connection.scalar(sa.select(blob.c.sha).where(blob.c.sha == sha)) is None:
        connection.execute(sa.insert(blob).values(sha=sha, data=data))
    number: int = connection.execute(sa.insert(upload).values(dict(row))).inserted_primary_key.id  # type: ignore[union-attr]
    if versions:
        connection.execute(sa.insert(version), [{**one, "upload_id": number} for one in versions])
    if entry is not None:
        connection.execute(sa.insert(arrival).values(entry=entry, upload_id=number))
    candidates.insert(connection, number, projects)
    return number
