"""What the running application keeps: the store, and the answers that were asked for before."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.ingest.samples import bring
from dashboard.store import Store, StoreBusy, open_store
from parsing.teaching.form_files import data_folder

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from dashboard.exports.marked.jobs import MarkingQueue
    from dashboard.exports.marked.markers import MarkerPool
    from dashboard.ingest.queue import IngestQueue
    from dashboard.queries.scope import Scope
    from dashboard.snapshot.snapshot import Snapshot
    from parsing import Standard
    from parsing.runtime.reader_pool import ReaderPool

WHO = "本机"  # until somebody signs in


@st.cache_resource(show_spinner=False, on_release=Store.close)
def store() -> Store:
    """The store at JILAN_DATA, with the samples in it when nothing was ever brought in."""
    kept = open_store(folder())
    if kept.is_new():
        bring(kept, WHO)
    return kept


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """Call at the end of a run; the first time, all that was loaded for it is put out of the collector's
    sight: Streamlit collects all garbage after every run and would look at it again and again."""
    gc.collect()
    gc.freeze()


def folder() -> Path:
    """Where the data is."""
    return data_folder()


_run = threading.local()
_turn = threading.Lock()
_kept: list[int] = []  # the version whose answers are kept


def begin_run(on_progress: Callable[[int, int], None]) -> bool:
    """Call once at the start of a run: its questions are all asked of one state of the store, with reviews up
    to date. ``on_progress(done, all)`` while many projects have to be reviewed first. Returns False where
    reviews are behind, because another program holds the store: what there is can be shown."""
    _run.version, _run.begun = None, True
    try:
        store().settle(on_progress)
    except StoreBusy:
        return False
    return True


def version() -> int:
    """Of what the store holds, the same for all of a run."""
    if not getattr(_run, "begun", False):
        with suppress(StoreBusy):
            store().settle()
        return store().data_version()
    if _run.version is None:
        _run.version = store().data_version()
        _keep_only(_run.version)
    found: int = _run.version
    return found


def _keep_only(version: int) -> None:
    """Let answers about another state of the store go: nobody asks for them again, but runs under way."""
    with _turn:
        if _kept != [version]:
            _kept[:] = [version]
            for answers in (_rows, _answer, _snapshot, _slides):
                answers.clear()


def rows(question: Callable[..., Any], *about: Any) -> list[dict[str, Any]]:
    """As :func:`ask`, plain rows: for a few numbers, without waiting for pandas."""
    return _rows(version(), _name(question), about, question)


def whole(scope: Scope, standard: str) -> dict[str, Any]:
    """How much there is in a scope, and whose (see ``queries.totals.whole``)."""
    from dashboard.queries import totals

    return totals.whole(rows, scope, standard)


def ask(question: Callable[..., Any], *about: Any) -> pd.DataFrame:
    """The answer to a question of ``dashboard.queries``, shared by all sessions: do not change the frame."""
    return _answer(version(), _name(question), about, question)


def _name(question: Callable[..., Any]) -> str:
    return f"{question.__module__}.{question.__qualname__}"


@st.cache_resource(max_entries=512, show_spinner=False)
def _rows(
    version: int, name: str, about: tuple[Any, ...], _question: Callable[..., Any]
) -> list[dict[str, Any]]:
    return store().rows(_question(*about))


@st.cache_resource(max_entries=512, show_spinner=False)
def _answer(version: int, name: str, about: tuple[Any, ...], _question: Callable[..., Any]) -> pd.DataFrame:
    return store().frame(_question(*about))


def snapshot(scope: Scope, standard: Standard, day: date) -> Snapshot:
    """What the room is shown and takes home, shared by all sessions."""
    return _snapshot(version(), scope, standard.name, day, standard)


def slides(scope: Scope, standard: Standard, day: date) -> str:
    """The slides of that snapshot, in HTML."""
    return _slides(version(), scope, standard.name, day, standard)


@st.cache_resource(max_entries=8, show_spinner=False)
def _snapshot(version: int, scope: Scope, name: str, day: date, _standard: Standard) -> Snapshot:
    from dashboard.snapshot.snapshot import take_snapshot

    return take_snapshot(store(), scope, _standard, day)


@st.cache_resource(max_entries=8, show_spinner=False)
def _slides(version: int, scope: Scope, name: str, day: date, _standard: Standard) -> str:
    from dashboard.slides.deck import fragment

    return fragment(_snapshot(version, scope, name, day, _standard))


@st.cache_resource(show_spinner=False)
def worker_pool() -> ReaderPool:
    """The processes that read uploads."""
    from parsing.runtime.reader_pool import ReaderPool
    from parsing.teaching import form_files

    return ReaderPool(taught=lambda: form_files.texts(form_files.home()))


@st.cache_resource(show_spinner=False)
def marker_pool() -> MarkerPool:
    """The processes that mark files which are given back."""
    from dashboard.exports.marked.markers import MarkerPool

    return MarkerPool()


@st.cache_resource(show_spinner=False)
def marking_queue() -> MarkingQueue:
    """The files that are being given back."""
    from dashboard.exports.marked.give_back import mark_upload
    from dashboard.exports.marked.jobs import MarkingQueue

    kept, mark = store(), marker_pool().mark
    return MarkingQueue(lambda order, on_progress: mark_upload(kept, mark, *order[:4], on_progress))


@st.cache_resource(show_spinner=False, on_release=lambda coming: coming.close())
def ingest_queue() -> IngestQueue:
    """The files that are being read."""
    from dashboard.ingest.ingest import attempt, ingest_file
    from dashboard.ingest.queue import IngestQueue
    from dashboard.ingest.spool import FOLDER, Spool

    kept, read = store(), worker_pool().read
    return IngestQueue(
        lambda file, data: attempt(read, file, data),
        lambda file, data, reading, entry: ingest_file(kept, file, data, reading, WHO, entry)[1],
        Spool(folder() / FOLDER),
    )
