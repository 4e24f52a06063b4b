"""What is taken away from the meeting: how long each paper takes, of 50 projects with long names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import Snapshot, take_snapshot
from dashboard.store import Store, open_store
from parsing import DEFAULT, Reading
from tests.benchmarks.measure import Figure, median, seconds
from tests.portfolio import wordy

MANY, FEW = 50, 6
MOST = 3  # seconds
PAPERS = (  # as it is called here, the module, what makes it
    ("deck, .html", "deck", "page"),
    ("slides, .pptx", "pptx", "pptx"),
    ("brief, .docx", "brief", "brief"),
    ("opinions, .docx", "opinion", "opinion"),
    ("minutes, .docx", "minutes", "minutes"),
    ("workbook, .xlsx", "workbook", "workbook"),
)


def figures(quick: bool) -> Iterator[Figure]:
    many, times = (FEW, 1) if quick else (MANY, 5)
    with TemporaryDirectory() as name, closing(open_store(Path(name))) as store:
        reading = Reading(projects=tuple(wordy(many)))
        store.confirm(store.stage("批.xlsx", b"x", reading, "bench"), "bench")
        yield Figure(
            f"snapshot of {many} projects", median(lambda: seconds(lambda: _told(store)), times), "s"
        )
        for key in [row["key"] for row in _told(store).money if row["key"]]:
            store.resolve(key, "通过", [], "bench")
        for called, module, maker in PAPERS:
            make = getattr(import_module(f"dashboard.exports.{module}"), maker)
            took = median(lambda make=make: seconds(lambda: make(_told(store))), times)
            yield Figure(f"{called}, snapshot included", took, "s", most=MOST)


def _told(store: Store) -> Snapshot:
    return take_snapshot(store, Scope(), DEFAULT, date(2026, 11, 23))
