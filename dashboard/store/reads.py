"""What one can ask of the store without changing it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dashboard.store import browse, dismissals, levels, log, outcome, stored, verdicts
from dashboard.store.derive import unpack
from dashboard.store.derived_schema import finding, project
from dashboard.store.engine import close, reading
from dashboard.store.errors import StoreBusy, StoreMissing
from dashboard.store.reader import Select, reader
from dashboard.store.review_sync import OnProgress, settle, settles
from dashboard.store.schema import blob, oplog, upload, version
from dashboard.store.standards import Standards, StandardsFolder
from dashboard.store.verdicts import Verdict
from parsing import Finding, Project, Reading

if TYPE_CHECKING:
    import pandas as pd

CLOSE_SECONDS = 5.0
LOOK_SECONDS = 0.2  # between two looks at how far another thread has come
BUSY_FOR = 0.5  # seconds for which a store that was busy is taken to be so still


class StoreReads:
    """Ids are whole numbers (numpy's too). Raises StoreMissing for an unknown one."""

    def __init__(self, engine: sa.Engine, standards: Path | None = None) -> None:
        """``standards``: a folder of standards of the user's own."""
        self.engine = engine
        self.frame = reader(engine)  # a select → DataFrame
        self._shelf, self._settling = StandardsFolder(standards), Lock()
        self._busy_until = 0.0
        self._how_far: tuple[int, int] | None = None  # of what is being reviewed just now

    def rows(self, select: Select) -> list[dict[str, Any]]:
        """The same rows as ``frame``, plain: unknown is None."""
        with reading(self.engine) as connection:
            return [dict(row) for row in connection.execute(select).mappings()]

    def close(self, seconds: float = CLOSE_SECONDS) -> None:
        """For good: who asks afterwards gets StoreBusy. Of a folder, all that was written is in its one
        file, if nobody else has it open and nothing was going on for longer than ``seconds``."""
        close(self.engine, seconds)

    def is_new(self) -> bool:
        """Nothing was ever brought in: the caller may load the samples."""
        with reading(self.engine) as connection:
            return connection.scalar(sa.select(sa.func.max(upload.c.id))) is None

    def data_version(self) -> int:
        """Grows with every change anybody commits, and when ``settle`` did something."""
        with reading(self.engine) as connection:
            last = (sa.select(sa.func.max(table.c.id)) for table in (oplog, upload))
            return settles(connection) + sum(connection.scalar(select) or 0 for select in last)

    def settle(self, on_progress: OnProgress = lambda done, every: None) -> bool:
        """Bring reviews up to date with what counts, the rules and the standards; call it before questions
        about findings or requirements. Whether there was anything to do; two look-ups when not.
        ``on_progress(done, all)`` again and again while many are reviewed, be it by another thread; what it
        raises comes out, and no work is lost. Raises StoreBusy, and for a moment after that at once, so that
        not every page waits."""

        def said(done: int, every: int) -> None:
            self._how_far = done, every
            on_progress(done, every)

        while not self._settling.acquire(timeout=LOOK_SECONDS):
            if self._how_far:
                on_progress(*self._how_far)
        try:
            if time.monotonic() < self._busy_until:
                raise StoreBusy
            try:
                return settle(self.engine, self._shelf, said)
            except StoreBusy:
                self._busy_until = time.monotonic() + BUSY_FOR
                raise
        finally:
            self._how_far = None
            self._settling.release()

    def standards(self) -> Standards:
        """The standards that are known: ``known`` by name, the default one first, and ``wrong``, a sentence
        for each file in the folder of standards that is none."""
        return self._shelf.now()

    def project(self, key: str, version_id: int | None = None) -> Project:
        """The project that counts under the key, or the version asked for."""
        chosen = sa.select(version.c.payload, version.c.id).where(version.c.key == key)
        if version_id is None:
            chosen = chosen.join(project, project.c.version_id == version.c.id)
        else:
            chosen = chosen.where(version.c.id == int(version_id))
        with reading(self.engine) as connection:
            found = connection.execute(chosen).first()
        if found is None:
            raise StoreMissing("没有找到这个项目，可能已被移出或撤销")
        return unpack(*found)

    def said(self, upload_id: int) -> Reading:
        """What an upload said beside its projects: tables of other kinds, and what was not read."""
        with reading(self.engine) as connection:
            text = connection.scalar(sa.select(upload.c.reading).where(upload.c.id == int(upload_id)))
        if text is None:
            raise StoreMissing("没有找到这份文件")
        return stored.reading(text, upload_id)

    def bytes_of(self, upload_id: int) -> bytes:
        """The file as it came in."""
        query = sa.select(blob.c.data).join(upload, upload.c.sha == blob.c.sha)
        with reading(self.engine) as connection:
            data: bytes | None = connection.scalar(query.where(upload.c.id == int(upload_id)))
        if data is None:
            raise StoreMissing("没有找到这份文件")
        return data

    def uploads(self) -> pd.DataFrame:
        """Newest first; columns as in ``browse.uploads``."""
        with reading(self.engine) as connection:
            return browse.uploads(connection)

    def outcome(self, upload_id: int) -> list[outcome.Outcome]:
        """What one upload said, a row for each table, and what it would supersede or did."""
        with reading(self.engine) as connection:
            return outcome.outcome(connection, int(upload_id), *log.state_of(connection, int(upload_id)))

    def together(self, uploads: Iterable[int]) -> levels.StagedTotals:
        """What uploads that wait come to; see ``levels.together``."""
        with reading(self.engine) as connection:
            return levels.together(connection, map(int, uploads))

    def left_behind(self) -> list[dict[str, Any]]:
        """Tables read in part that wait to be counted one by one; columns as in ``browse.left_behind``."""
        with reading(self.engine) as connection:
            return browse.left_behind(connection)

    def history(self) -> pd.DataFrame:
        """The actions, newest first; columns as in ``browse.history``."""
        with reading(self.engine) as connection:
            return browse.history(connection)

    def touched(self, actions: Iterable[int]) -> int:
        """How many projects these actions changed."""
        with reading(self.engine) as connection:
            return browse.touched(connection, map(int, actions))

    def findings(self, key: str, standard: str) -> tuple[Finding, ...]:
        """The open findings of one project under a standard, those about its reading and those that show only
        among many too: for what takes findings, such as ``parsing.questions``."""
        query = sa.select(finding).where(
            finding.c.key == key, finding.c.standard.in_(("", standard)), finding.c.aside == 0
        )
        fields = set(Finding.model_fields) - {"also"}

        def made(row: dict[str, Any]) -> Finding:
            also = stored.mentions(row["also"], key)
            return Finding(**{name: row[name] for name in fields}, also=also)

        rows = self.rows(query.order_by(finding.c.seq))
        return tuple(stored.opened("审核意见", key, partial(made, row)) for row in rows)

    def judgements(self, key: str | None = None) -> pd.DataFrame:
        """What people said of findings and categories and still stands (of one project), newest first;
        columns as in ``dismissals.COLUMNS``."""
        import pandas as pd

        with reading(self.engine) as connection:
            judgements = dismissals.standing(connection, None if key is None else [key])
        rows = [[getattr(one, name) for name in dismissals.COLUMNS] for one in reversed(judgements)]
        return pd.DataFrame(rows, columns=list(dismissals.COLUMNS))

    def verdicts(self, keys: Iterable[str] | None = None) -> dict[str, Verdict]:
        """Key → what was decided about the project and holds."""
        with reading(self.engine) as connection:
            return verdicts.now(connection, keys)

    def verdict_history(self, key: str | None = None) -> list[Verdict]:
        """All that was ever decided (about one project), the newest first."""
        with reading(self.engine) as connection:
            return verdicts.every(connection, None if key is None else [key])[::-1]

    def versions(self, key: str) -> pd.DataFrame:
        """The versions of a project that ever counted, newest first."""
        return self.frame(browse.versions(key))
