"""A running store for ``tests.fuzz``: files are dropped into it as on the page, a good one among them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from dashboard.ingest.ingest import attempt, ingest_file
from dashboard.ingest.queue import IngestQueue
from dashboard.ingest.spool import Spool
from dashboard.queries.scope import Scope
from dashboard.snapshot.snapshot import take_snapshot
from dashboard.store import open_store, upload, verify
from parsing.model import Reading
from parsing.rules.standard import standard

GOOD = "项目名称\t{name}\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t册数\t3册\n"
WAIT_SECONDS = 600.0
COUNTED = 10  # one of so many
Files = Sequence[tuple[str, bytes]]
Read = Callable[[str, bytes], Reading]


class RunningStore:
    """A store in a folder of its own, files coming in. ``broken``: what did not hold, a sentence each."""

    def __init__(self, read: Read) -> None:
        self.broken: list[str] = []
        self._folder = TemporaryDirectory(prefix="jilan-fuzz-")
        self._path = Path(self._folder.name)
        self._store = open_store(self._path)
        self._batches = 0
        self._incoming = IngestQueue(
            lambda name, data: attempt(read, name, data), self._keep, Spool(self._path / "incoming")
        )

    def drop(self, files: Files, dice: Random) -> None:
        """The files and a good one, in any place among them; each must end in the store, once, with its
        projects or its reason. Names are each dropped once."""
        self._batches += 1
        good = f"good-{self._batches}.txt"
        batch = [*files, (good, GOOD.format(name=good).encode())]
        dice.shuffle(batch)
        self._incoming.add(batch)
        end = time.monotonic() + WAIT_SECONDS
        while self._incoming.busy and time.monotonic() < end:
            time.sleep(0.002)
        self._compare([name for name, _ in batch], good)

    def close(self) -> None:
        """Count some of all, make what the meeting takes home, and verify the folder."""
        self._incoming.close()
        with closing(self._store) as store:
            staged = [row["id"] for row in store.uploads().to_dict("records") if row["state"] == "staged"]
            for number in staged[::COUNTED]:
                store.confirm(number, "fuzz")
            store.settle()
            take_snapshot(store, Scope(), standard("default"), date(2026, 1, 1))
        self.broken += verify(self._path)
        self._folder.cleanup()

    def _keep(self, name: str, data: bytes, reading: Reading, ident: str) -> Reading:
        stored = ingest_file(self._store, name, data, reading, "fuzz", ident)[1]
        if stored is not reading:
            self.broken.append(f"{name}: the store does not take it: {stored.unread[0].reason}")
        return stored

    def _compare(self, names: list[str], good: str) -> None:
        columns = upload.c.file, upload.c.projects
        rows = self._store.rows(sa.select(*columns).where(upload.c.file.in_(names)))
        times = Counter(row["file"] for row in rows)
        self.broken += [f"{name}: {times[name]} times in the store" for name in names if times[name] != 1]
        if not any(row["file"] == good and row["projects"] == 1 for row in rows):
            self.broken.append(f"{good}: without its project")
        spool = self._incoming.spool
        self.broken += [f"{why.place}: not stored: {why.reason}" for why in spool.rejects.all().values()]
        for ident in spool.rejects.all():
            spool.rejects.dismiss(ident)
        self.broken += [f"{why.place}: not received: {why.reason}" for why in self._incoming.unheld]
        self._incoming.unheld.clear()
