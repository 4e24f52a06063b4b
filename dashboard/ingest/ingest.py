"""Files coming in: read apart, kept at once, counted only when somebody has looked and says so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.ingest.refusal import refusal
from dashboard.store import Store, StoreError
from parsing import Project, ReadError, Reading

if TYPE_CHECKING:
    import pandas as pd

Read = Callable[[str, bytes], Reading]
Unlock = Callable[[str, bytes, str], Reading]
WAITING_STATES = ("staged", "undone")  # states of an upload
LOCKED = ("locked", "wrong-password")  # codes of what a password may open
logger = logging.getLogger(__name__)


def staged_uploads(uploads: pd.DataFrame) -> pd.DataFrame:
    """Of ``Store.uploads``: those that wait to be counted or put away."""
    return uploads[uploads["state"].isin(WAITING_STATES) & (uploads["projects"] > 0)]


def failed_uploads(uploads: pd.DataFrame) -> pd.DataFrame:
    """Of ``Store.uploads``: those without a project that nobody put away."""
    return uploads[(uploads["state"] != "discarded") & (uploads["projects"] == 0)]


def open_uploads(uploads: pd.DataFrame) -> pd.DataFrame:
    """Both: whatever of ``Store.uploads`` nobody has decided about."""
    return uploads.loc[[*staged_uploads(uploads).index, *failed_uploads(uploads).index]]


def attempt(read: Read, file: str, data: bytes) -> Reading:
    """What a file says. Whatever ``read`` raises is the file's own trouble, and all that it says."""
    try:
        return read(file, data)
    except Exception as error:
        if not isinstance(error, ReadError):
            logger.exception("读取时出错：%s", file)
        return Reading(unread=(refusal(file, error),))


def ingest_file(
    store: Store, file: str, data: bytes, reading: Reading, who: str, entry: str | None = None
) -> tuple[int, Reading]:
    """Stage a file with what was read in it, or, where the store does not take that, with the reason. Returns
    the upload's id and what was staged. Raises StoreError, and what ``Store.stage`` raises of a file of which
    it takes not even the reason. ``entry``: see ``Store.stage``.

    A file without projects stands at once as not read: there is nothing in it that anybody could confirm.
    """
    try:
        return store.stage(file, data, reading, who, entry=entry, at_once=not reading.projects), reading
    except StoreError:
        raise
    except Exception as error:
        logger.exception("存入时出错：%s", file)
        refused = Reading(unread=(refusal(file, error),))
        return store.stage(file, data, refused, who, entry=entry, at_once=True), refused


def unlock(
    store: Store, read: Unlock, upload_id: int, password: str, who: str, entry: str | None = None
) -> int:
    """Read a locked upload again with its password and stage what it says; the locked one is put away.

    Of an archive whose files have several passwords, what an earlier one opened stays open. Returns the new
    upload's id. Raises ReadError, and changes nothing, when the password opens nothing; StoreBusy, and the
    same may then be asked again with the same ``entry``.
    """
    row = next(row for row in store.uploads().to_dict("records") if row["id"] == upload_id)
    data = store.bytes_of(upload_id)
    reading = _opened(store, upload_id, read(row["file"], data, password))
    if row["state"] == "counted":
        store.undo(row["action"], who)
    number, _ = ingest_file(store, row["file"], data, reading, who, entry)
    store.discard(upload_id, who)
    return number


def _opened(store: Store, upload_id: int, reading: Reading) -> Reading:
    """What is read now, with what was read before in files that are shut to this password. Raises ReadError
    where it opens none of those that were shut."""
    before = store.said(upload_id)
    shut = {unread_item.place for unread_item in before.unread if unread_item.code in LOCKED}
    still = {one.place: one for one in reading.unread if one.code in LOCKED}
    if shut and still.keys() >= shut:
        first = still[min(shut)]
        raise ReadError(first.place, first.reason, first.remedy)
    opened = tuple(still.keys() - shut)

    def earlier(place: object) -> bool:
        return bool(opened) and f"{place} › ".startswith(tuple(f"{file} › " for file in opened))

    projects = (store.project(one.key, one.version_id) for one in store.outcome(upload_id))
    return Reading(
        projects=(*reading.projects, *(project for project in projects if earlier(project.place))),
        others=(*reading.others, *(other for other in before.others if earlier(other.place))),
        unread=(
            *(one for one in reading.unread if not earlier(one.place)),
            *(one for one in before.unread if earlier(one.place)),
        ),
        slips=reading.slips or before.slips,
    )


def doubts(store: Store, upload_id: int, most: int = 20) -> list[tuple[Project, int]]:
    """Projects of an upload that had to be repaired, with the number of repairs, the doubtful first."""
    rows = [row for row in store.outcome(upload_id) if row.repairs]
    rows.sort(key=lambda row: (-row.doubtful, -row.repairs, row.version_id))
    return [(store.project(row.key, row.version_id), row.repairs) for row in rows[:most]]
