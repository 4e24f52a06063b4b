"""The only keeper of what lasts: uploads, versions, and what people decided about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sa

from dashboard.store import arrivals, dating, decisions, dismissals, left_out, log, projection, verdicts
from dashboard.store.derived_schema import project
from dashboard.store.engine import reading, writing
from dashboard.store.errors import StoreConflict, StoreMissing
from dashboard.store.reads import StoreReads
from dashboard.store.schema import judgement, oplog, upload, verdict
from dashboard.store.verdicts import Condition
from parsing import SLOTS, Decision, Reading, printable

About = Callable[[sa.Connection, str, str], dict[str, str]]


class Store(StoreReads):
    """Safe for several threads and several programs at once. What is confirmed is on the disk.

    Ids are whole numbers (numpy's too), ``who`` a name for the log; ``undo`` takes an action's number.
    Raises StoreMissing for an unknown id and StoreConflict for what would undo somebody's later work.
    """

    # ── what comes in ────────────────────────────────────────────────────────────────────────────
    def stage(
        self,
        file: str,
        data: bytes,
        found: Reading,
        who: str,
        sample: bool = False,
        entry: str | None = None,
        at_once: bool = False,
    ) -> int:
        """Keep a file and what was read in it, counted nowhere yet, or ``at_once``; returns the upload's id.
        ``entry``: as what it waited; one that was kept before is not kept again, and its upload returned.
        After a crash the file is there with everything it said, or not at all."""
        if not sample:
            with reading(self.engine) as connection:
                found = dating.told(connection, found)
        rows = arrivals.rows(file, data, found, who, sample)
        with writing(self.engine) as connection:
            if entry is not None and (known := arrivals.known(connection, entry)) is not None:
                return known
            number = arrivals.insert(connection, rows, data, found.projects, entry)
            if at_once:
                self._confirm(connection, number, who)
        return number

    def confirm(self, upload_id: int, who: str, whole: bool = False) -> int:
        """Count the upload's projects from now on, each superseding the table of its key that counted
        before, if it is no worse (see ``parsing.counting``); returns the action. ``whole``: but for those
        whose tables were read in part, which ``count`` may count. A second confirm changes nothing and
        returns the first action. Samples make way, by an action of their own, for the first that are none."""
        with writing(self.engine) as connection:
            state, action = log.state_of(connection, upload_id := int(upload_id))
            if state == "discarded":
                raise StoreConflict("这份文件已被放弃，没有计入。如要计入，请先撤销“放弃”，或重新导入")
            if state == "counted" and action is not None:
                return action
            return self._confirm(connection, upload_id, who, whole)

    def count(self, version_id: int, who: str) -> int:
        """Count one table that its file was confirmed without; returns the action. Raises StoreMissing,
        StoreConflict when the file does not count, or a better table of the project does."""
        with writing(self.engine) as connection:
            upload_id, change = dating.alone(connection, int(version_id))
            self._make_way(connection, who, change)
            return self._act(connection, "count", who, change, upload_id)

    def discard(self, upload_id: int, who: str) -> int:
        """Put an upload aside that is staged, or has no projects; returns the action."""
        with writing(self.engine) as connection:
            state, action = log.state_of(connection, upload_id := int(upload_id))
            if state == "counted" and log.said(connection, upload_id):
                raise StoreConflict("这份文件已经计入，不能再放弃。如要移出，请撤销那次确认")
            if state == "discarded" and action is not None:
                return action
            return self._act(connection, "discard", who, {}, upload_id)

    # ── what goes, and comes back ────────────────────────────────────────────────────────────────
    def withdraw(self, key: str, who: str) -> int:
        """Take one project out of everything that counts; returns the action."""
        with writing(self.engine) as connection:
            if not log.current(connection, [key]):
                raise StoreMissing("这个项目已不在统计之内")
            return self._act(connection, "withdraw", who, {key: None})

    def withdraw_samples(self, who: str) -> int | None:
        """Take out every sample project in one action; returns it, or None if there is none."""
        with writing(self.engine) as connection:
            return self._withdraw_samples(connection, who)

    def show_samples(self, who: str) -> int | None:
        """Count every sample project again, as it counted last, in one action; returns it, or None if there
        is none that could. What counts stays."""
        with writing(self.engine) as connection:
            changes = log.samples(connection)
            return self._act(connection, "samples", who, changes) if changes else None

    def decide(self, version_id: int, number: int, decision: Decision, who: str) -> int | None:
        """Decide about one repair of the version that counts: a new version counts from now on. Returns the
        action, or None when that was decided before. Raises StoreConflict when another version counts."""
        with writing(self.engine) as connection:
            changes = decisions.changes(connection, int(version_id), number, decision)
            return self._act(connection, "decide", who, changes) if changes else None

    # ── what people say of a review ──────────────────────────────────────────────────────────────
    def set_aside(self, key: str, ident: str, reason: str, who: str) -> int:
        """Answer a finding, for this version of the project and later ones; it is no longer open. Returns the
        action. Raises ValueError without a reason or a name, StoreMissing when there is no such finding,
        StoreConflict when it was answered before."""
        return self._judge("aside", dismissals.about_finding, key, ident, reason, who)

    def declare(self, key: str, slot: str, reason: str, who: str) -> int:
        """Say that a project has no need of a category of indicators: its cell is then no gap. Returns the
        action. Raises ValueError without a reason or a name or for an unknown category, StoreMissing when the
        project does not count, StoreConflict when it has such an indicator or that was said before."""
        if slot not in SLOTS:
            raise ValueError("没有这一类指标")
        return self._judge("declare", dismissals.about_slot, key, slot, reason, who)

    def _judge(self, kind: log.Kind, about: About, key: str, what: str, reason: str, who: str) -> int:
        reason, who = printable(reason).strip(), printable(who).strip()
        if not reason:
            raise ValueError("请写明理由")
        if not who:
            raise ValueError("请写明是谁作的判断")
        self.settle()  # so that what a page shows is there
        with writing(self.engine) as connection:
            said = about(connection, key, what)
            action, _ = log.write(connection, kind, who, {})
            row = said | {"action": action, "reason": reason, "who": who}
            connection.execute(sa.insert(judgement).values(row))
            dismissals.apply(connection, [key])
        return action

    def resolve(
        self, key: str, said: str, conditions: Sequence[Condition], who: str, seen: int | None = None
    ) -> int:
        """What a meeting decides about a project (``said``: one of WORDS), and who decided. ``seen``: the
        action of the verdict that held when it was decided, None for none. Returns the action. Raises
        ValueError for what cannot be said, StoreMissing when the project does not count, StoreConflict when
        somebody else decided meanwhile: nothing is lost."""
        with writing(self.engine) as connection:
            row = verdicts.row(connection, key, said, conditions, who, seen)
            action, _ = log.write(connection, "verdict", row["who"], {})
            connection.execute(sa.insert(verdict).values(row | {"action": action}))
        return action

    def undo(self, action: int, who: str) -> int:
        """Restore what counted before the action, for every project it changed; returns the new action.
        Undoing an undo redoes. Refused (StoreConflict) when a later action that stands changed one of
        the same projects."""
        action = int(action)
        with writing(self.engine) as connection:
            rows = connection.execute(
                sa.select(oplog).where(oplog.c.action == action).order_by(oplog.c.id)
            ).all()
            if not rows or rows[0].kind == "rebuild":
                raise StoreMissing("没有找到可以撤销的这次操作")
            head, keys = rows[0], {row.key: row for row in rows[1:]}
            stands = log.standing((row.action, row.undoes) for row in log.heads(connection))
            if not stands[action]:
                raise StoreConflict("这次操作已经撤销过了")
            now = {key: number for key, (number, _) in log.current(connection, keys).items()}
            moved = any(now.get(key) != row.version_id for key, row in keys.items())
            if moved or any(stands[later] for later in log.later(connection, head, keys)):
                raise StoreConflict("这次操作之后，其中的项目又有改动。请先撤销后来的那次操作，再撤销这一次")
            changes = {key: row.prev_id for key, row in keys.items()}
            self._make_way(
                connection, who, {key: change for key, change in changes.items() if key not in now}
            )
            return self._act(connection, "undo", who, changes, head.upload_id, action)

    def rebuild(self, reparse: Callable[[str, bytes], Reading] | None = None, who: str = "") -> None:
        """Make the derived tables again from the record.

        With ``reparse`` (file, bytes → Reading; a newer parser) every upload that counts is first read
        again and staged and confirmed anew: the old versions stay in the record.
        """
        if reparse:
            for number in self._counting():
                self._reread(number, reparse, who)
        with writing(self.engine) as connection:
            projection.restart(connection)
            log.write(connection, "rebuild", who, {})

    # ── inside a transaction ─────────────────────────────────────────────────────────────────────
    def _act(
        self,
        connection: sa.Connection,
        kind: log.Kind,
        who: str,
        changes: Mapping[str, int | None],
        upload_id: int | None = None,
        undoes: int | None = None,
    ) -> int:
        action, touched = log.write(connection, kind, who, changes, upload_id, undoes)
        projection.recount(connection, changes, touched)
        left_out.mark(connection, {*changes, *(log.said(connection, upload_id) if upload_id else ())})
        if undoes:
            dismissals.apply(connection, dismissals.touched(connection, undoes))
        return action

    def _confirm(self, connection: sa.Connection, upload_id: int, who: str, whole: bool = False) -> int:
        if now := dating.anew(connection, upload_id):
            self._act(connection, "discard", who, {}, upload_id)
            upload_id = self._keep(connection, now, who)
        self._make_way(connection, who, log.said(connection, upload_id))
        action = self._act(connection, "confirm", who, log.coming(connection, upload_id, whole), upload_id)
        for keys, again in dating.behind(connection, upload_id):
            number = self._keep(connection, again, who)
            change = dict.fromkeys(keys) | dating.best(connection, number)
            self._act(connection, "date", who, change, number)
        return action

    def _keep(self, connection: sa.Connection, again: dating.RedatedFile, who: str) -> int:
        rows = arrivals.rows(*again, who, False)
        return arrivals.insert(connection, rows, again.data, again.found.projects)

    def _make_way(self, connection: sa.Connection, who: str, coming: Mapping[str, int | None]) -> None:
        """Take the samples out of the sums before these versions (by key) come into them, if one is real."""
        if log.real(connection, coming.values()):
            self._withdraw_samples(connection, who)

    def _withdraw_samples(self, connection: sa.Connection, who: str) -> int | None:
        keys = connection.scalars(sa.select(project.c.key).where(project.c.sample == 1)).all()
        return self._act(connection, "withdraw", who, dict.fromkeys(keys)) if keys else None

    def _counting(self) -> Iterable[int]:
        query = sa.select(project.c.upload_id).distinct().order_by(project.c.upload_id)
        with reading(self.engine) as connection:
            return connection.scalars(query).all()

    def _reread(self, old: int, reparse: Callable[[str, bytes], Reading], who: str) -> None:
        with reading(self.engine) as connection:
            query = sa.select(upload.c.file, upload.c.sample).where(upload.c.id == old)
            file, sample = connection.execute(query).one()
        data = self.bytes_of(old)
        new = self.stage(file, data, reparse(file, data), who, bool(sample))
        with writing(self.engine) as connection:
            self._act(connection, "confirm", who, log.handover(connection, old, new), new)
