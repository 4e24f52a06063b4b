"""The forms that were shown here, and what waits: it is read again by a form that is new, or no longer by one
that went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.intake import LOCKED, Read, attempt, keep
from dashboard.store import Store, StoreConflict
from parsing import Reading, form_files


class Changed(NamedTuple):
    """``put``: names of the forms that are new; ``gone``: texts of those that went."""

    put: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Again(NamedTuple):
    """A file that reads otherwise now: the action that put its old upload away, and its new upload."""

    action: int
    upload_id: int


def change(folder: Path, texts: Iterable[str], without: Iterable[str]) -> Changed:
    """Keep the forms ``texts``, each in place of those of its code, take out those named ``without``. Raises
    FormError, and changes nothing where a text is none; OSError."""
    every = [*texts]
    older = form_files.names(folder, {form_files.checked(text).code for text in every})
    taken = (form_files.take(folder, name) for name in dict.fromkeys((*older, *without)))
    gone = tuple(text for text in taken if text is not None)
    return Changed(tuple(form_files.put(folder, text).name for text in every), gone)


def change_back(folder: Path, changed: Changed) -> None:
    """Raises OSError."""
    for name in changed.put:
        form_files.take(folder, name)
    for old in changed.gone:
        form_files.put(folder, old)


def waiting(store: Store) -> list[dict[Any, Any]]:
    """The uploads, as ``Store.uploads`` gives them, that can be opened and may read otherwise."""
    uploads = store.uploads()
    staged = uploads["state"].isin(("staged", "undone")) & (uploads["projects"] > 0)
    failed = (uploads["state"] != "discarded") & (uploads["projects"] == 0)
    rows: list[dict[Any, Any]] = uploads[staged | failed].sort_values("id").to_dict("records")
    return [row for row in rows if not any(one.code in LOCKED for one in store.said(int(row["id"])).unread)]


def read_again(
    store: Store, read: Read, row: Mapping[Any, Any], names: Iterable[str], who: str, entry: str
) -> Again | None:
    """Stage what a waiting file says in place of what it said, where a form of these names reads it now, or
    did. Raises StoreError; the same may then be asked again with the same ``entry``."""
    number = int(row["id"])
    data = store.bytes_of(number)
    reading = attempt(read, row["file"], data)
    before = (store.project(one.key, one.version_id).form for one in store.outcome(number))
    if {*names}.isdisjoint((*_forms(reading), *before)):
        return None
    fresh, _ = keep(store, row["file"], data, reading, who, entry)
    return Again(store.discard(number, who), fresh)


def take_back(store: Store, again: Again, who: str) -> None:
    """Have the old upload wait in place of the new one, unless that was counted since. Raises StoreError."""
    try:
        store.discard(again.upload_id, who)
    except StoreConflict:
        return
    store.undo(again.action, who)


def _forms(reading: Reading) -> set[str]:
    return {project.form for project in reading.projects}
