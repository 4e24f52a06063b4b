"""What the store has, given back: the files in which projects came."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import sqlalchemy as sa

from dashboard.exports.marked.index import Reviewed, change_list
from dashboard.exports.marked.markers import Mark
from dashboard.exports.marked.marking import Marked
from dashboard.exports.naming import file_name, folder_name, unlike
from dashboard.returns.change_requests import manifest_of, open_findings
from dashboard.store import Store, project
from parsing import Standard

SAID = "（退回修改单）"
OnProgress = Callable[[int, int], None]  # steps done, all: a project looked through, a file marked


class MarkedFiles(NamedTuple):
    """``unmarked``: a file and why it could not be marked, of those that could not."""

    name: str
    data: bytes
    unmarked: list[tuple[str, str]]


def mark_upload(
    store: Store,
    mark: Mark,
    upload_id: int,
    keys: Sequence[str],
    standard: Standard,
    day: date,
    on_progress: OnProgress = lambda done, every: None,
) -> MarkedFiles:
    """The file that these projects of the upload came in, marked; where they came in several files of an
    archive, an archive of those. Raises StoreMissing, and ReadError where nothing could be made."""
    manifest = manifest_of(store.said(upload_id))
    data = store.bytes_of(upload_id)
    files = _files(store, keys)
    done, every = 0, len(keys) + len(files)
    marked: dict[str, Marked] = {}
    for file, many in files.items():
        reviewed: list[Reviewed] = []
        for key in many:
            reading = store.project(key)
            reviewed.append((reading, open_findings(store, reading, standard)))
            on_progress(done := done + 1, every)
        marked[file] = mark(data, file, change_list(reviewed, standard, day, manifest))
        on_progress(done := done + 1, every)
    unmarked = [(_inner(file), one.why) for file, one in marked.items() if one.why]
    if len(marked) == 1:
        ((file, one),) = marked.items()
        return MarkedFiles(_named(file, one.ending), one.data, unmarked)
    name = _named(next(iter(files)).partition(" › ")[0], ".zip")
    return MarkedFiles(name, _archive(marked), unmarked)


def _files(store: Store, keys: Sequence[str]) -> dict[str, list[str]]:
    """File of a place → keys of its projects, in the order of ``keys``."""
    rows = store.rows(sa.select(project.c.key, project.c.place).where(project.c.key.in_(keys)))
    places = {row["key"]: row["place"].rsplit(" › ", 2)[0] for row in rows}
    files: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        files[places.get(key) or store.project(key).place.file].append(key)
    return files


def _archive(marked: dict[str, Marked]) -> bytes:
    out, taken = io.BytesIO(), set[str]()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file, one in marked.items():
            folders = PurePosixPath(_inner(file)).parts[:-1]
            path = "/".join([*map(folder_name, folders), _named(file, one.ending)])
            path = unlike(path, SAID + one.ending, taken)
            taken.add(path)
            archive.writestr(path, one.data)
    return out.getvalue()


def _inner(file: str) -> str:
    """The name that the file has in the archive that it came in, if any."""
    return file.rpartition(" › ")[2]


def _named(file: str, ending: str) -> str:
    return file_name(PurePosixPath(_inner(file)).stem.removesuffix(SAID), f"{SAID}{ending}")
