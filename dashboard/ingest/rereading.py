"""What waits when forms were shown, or went: it is read again by those that are new, or without those."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from dashboard.ingest.ingest import LOCKED, Read, attempt, ingest_file, open_uploads
from dashboard.store import Store, StoreConflict
from parsing.runtime.cache import FLEETING


class Reread(NamedTuple):
    """A file that reads otherwise now: the action that put its old upload away, and its new upload."""

    action: int
    upload_id: int


def waiting(store: Store) -> list[dict[Any, Any]]:
    """The uploads, as ``Store.uploads`` gives them, that may read otherwise by another form, oldest first."""
    rows: list[dict[Any, Any]] = open_uploads(store.uploads()).sort_values("id").to_dict("records")
    return rows


def read_again(
    store: Store, read: Read, row: Mapping[Any, Any], codes: Collection[str], who: str, entry: str
) -> Reread | None:
    """Stage what a waiting file says in place of what it said, where a form of these codes reads it now, or
    did; nothing where less of it can be opened now than before. Raises StoreError; the same may then be
    asked again with the same ``entry``."""
    number = int(row["id"])
    data = store.bytes_of(number)
    reading = attempt(read, row["file"], data)
    shut = {
        (unread_item.code, unread_item.place)
        for unread_item in reading.unread
        if unread_item.code in (*LOCKED, *FLEETING)
    }
    if shut - {(one.code, one.place) for one in store.said(number).unread}:
        return None
    now = {project.form for project in reading.projects}
    before = {store.project(one.key, one.version_id).form for one in store.outcome(number)}
    if (now | before).isdisjoint(codes):
        return None
    fresh, _ = ingest_file(store, row["file"], data, reading, who, entry)
    return Reread(store.discard(number, who), fresh)


def take_back(store: Store, reread: Reread, who: str) -> None:
    """Have the old upload wait in place of the new one, unless that was counted since. Raises StoreError."""
    try:
        store.discard(reread.upload_id, who)
    except StoreConflict:
        return
    store.undo(reread.action, who)
