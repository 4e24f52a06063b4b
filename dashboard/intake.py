"""Files coming in: read apart, kept at once, counted only when somebody has looked and says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import sqlalchemy as sa

from dashboard.store import Store, upload
from parsing import Project, ReadError, Reading, Unread

Read = Callable[[str, bytes], Reading]
Unlock = Callable[[str, bytes, str], Reading]
Told = Callable[[int, int, str, Reading], None]  # done, all, file, what it says
AHEAD = 4  # files read before those that came first are kept
LOCKED = ("locked", "wrong-password")  # codes of what a password may open


def take_in(store: Store, read: Read, files: Sequence[tuple[str, bytes]], who: str, told: Told) -> list[int]:
    """Read and stage each ``(name, bytes)``; ``told`` after each. Returns upload ids.

    A file that could not be read at all is kept too, and stands at once as not read: there is nothing in
    it that anybody could confirm.
    """
    ids = []
    for done, (name, data, reading) in enumerate(_readings(read, files), 1):
        number = store.stage(name, data, reading, who)
        if not reading.projects:
            store.confirm(number, who)
        ids.append(number)
        told(done, len(files), name, reading)
    return ids


def _readings(read: Read, files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes, Reading]]:
    def one(file: tuple[str, bytes]) -> Reading:
        try:
            return read(*file)
        except ReadError as error:
            return Reading(unread=(Unread.of(error),))

    with ThreadPoolExecutor(2) as pool:
        coming: deque[Future[Reading]] = deque()
        for at, (name, data) in enumerate(files):
            coming.extend(pool.submit(one, file) for file in files[at + len(coming) : at + AHEAD])
            yield name, data, coming.popleft().result()


def unlock(store: Store, read: Unlock, upload_id: int, password: str, who: str) -> int:
    """Read a locked upload again with its password and stage what it says; the locked one is put away.

    Of an archive whose files have several passwords, what an earlier one opened stays open. Returns the new
    upload's id. Raises ReadError, and changes nothing, when the password opens nothing.
    """
    row = next(row for row in store.uploads().to_dict("records") if row["id"] == upload_id)
    data = store.bytes_of(upload_id)
    reading = _opened(store, upload_id, read(row["file"], data, password))
    if row["state"] == "counted":
        store.undo(row["action"], who)
    store.discard(upload_id, who)
    number = store.stage(row["file"], data, reading, who)
    if not reading.projects:
        store.confirm(number, who)
    return number


def _opened(store: Store, upload_id: int, now: Reading) -> Reading:
    """What is read now, with what was read before in files that are shut to this password. Raises ReadError
    where it opens none of those that were shut."""
    before = said(store, upload_id)
    shut = {one.place for one in before.unread if one.code in LOCKED}
    still = {one.place: one for one in now.unread if one.code in LOCKED}
    if shut and still.keys() >= shut:
        first = still[min(shut)]
        raise ReadError(first.place, first.reason, first.remedy)
    opened = tuple(still.keys() - shut)

    def earlier(place: object) -> bool:
        return bool(opened) and f"{place} › ".startswith(tuple(f"{file} › " for file in opened))

    projects = (store.project(one.key, one.version_id) for one in store.outcome(upload_id))
    return Reading(
        projects=(*now.projects, *(one for one in projects if earlier(one.place))),
        others=(*now.others, *(one for one in before.others if earlier(one.place))),
        unread=(
            *(one for one in now.unread if not earlier(one.place)),
            *(one for one in before.unread if earlier(one.place)),
        ),
        slips=now.slips or before.slips,
    )


def said(store: Store, upload_id: int) -> Reading:
    """What an upload said beside its projects: tables of other kinds, and what was not read."""
    chosen = sa.select(upload.c.reading).where(upload.c.id == upload_id)
    return Reading.model_validate_json(store.frame(chosen)["reading"].iloc[0])


def doubts(store: Store, upload_id: int, most: int = 20) -> list[tuple[Project, int]]:
    """Projects of an upload that had to be repaired, with the number of repairs, the doubtful first."""
    rows = [row for row in store.outcome(upload_id) if row.repairs]
    rows.sort(key=lambda row: (-row.doubtful, -row.repairs, row.version_id))
    return [(store.project(row.key, row.version_id), row.repairs) for row in rows[:most]]
