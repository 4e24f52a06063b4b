"""What the store has, given back: the files in which projects came."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile

import sqlalchemy as sa

from dashboard.exports.returned import ending, returned
from dashboard.exports.returned.index import Reviewed
from dashboard.points import carried, open_findings
from dashboard.store import Store, project, upload
from parsing import Reading, Standard

SAID = "（退回修改单）"


def named(store: Store, upload_id: int, keys: Sequence[str]) -> str:
    """What the file of :func:`given_back` is called. Raises StoreMissing."""
    chosen = sa.select(project.c.place, project.c.file).where(project.c.key.in_(keys))
    rows = store.rows(chosen)
    files = {row["place"].rsplit(" › ", 2)[0] for row in rows}
    if len(files) > 1:
        return _named(rows[0]["file"], ".zip")
    (file,) = files
    return _named(file, ending(store.bytes_of(upload_id), file))


def given_back(store: Store, upload_id: int, keys: Sequence[str], standard: Standard, made: date) -> bytes:
    """The file that these projects of the upload came in, marked; where they came in several files of an
    archive, an archive of those. Raises StoreMissing."""
    said = store.rows(sa.select(upload.c.reading).where(upload.c.id == upload_id))[0]["reading"]
    before = carried(Reading.model_validate_json(said))
    data = store.bytes_of(upload_id)
    files: dict[str, list[Reviewed]] = defaultdict(list)
    for key in keys:
        one = store.project(key)
        files[one.place.file].append((one, open_findings(store, one, standard)))
    made_of = {file: returned(data, file, many, standard, made, before) for file, many in files.items()}
    if len(made_of) == 1:
        return next(iter(made_of.values()))
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file, content in made_of.items():
            folder = PurePosixPath(file.rpartition(" › ")[2]).parent
            archive.writestr(str(folder / _named(file, ending(data, file))), content)
    return out.getvalue()


def _named(file: str, ending: str) -> str:
    return f"{PurePosixPath(file.rpartition(' › ')[2]).stem.removesuffix(SAID)}{SAID}{ending}"
