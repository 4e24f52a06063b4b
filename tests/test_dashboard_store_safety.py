"""The store with several writers, and after a sudden death."""

import os
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from writer import PROJECTS

from dashboard.store import Store, open_store, project
from dashboard.store.derived_schema import indicator
from dashboard.store.schema import blob, oplog, upload, version

ROOT = Path(__file__).parent.parent


def writer(folder: Path, name: str, count: int, threads: int, keys: int) -> subprocess.Popen[str]:
    program = [sys.executable, ROOT / "tests" / "writer.py", folder, name, *map(str, (count, threads, keys))]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)


def whole(store: Store) -> list[str]:
    """The files in the store, each checked to be there with all it said."""
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        files = dict(connection.execute(sa.select(upload.c.id, upload.c.file)).all())
        counts = sa.select(version.c.upload_id, sa.func.count()).group_by(version.c.upload_id)
        assert dict(connection.execute(counts).all()) == dict.fromkeys(files, PROJECTS)
        assert connection.scalar(sa.select(sa.func.count()).select_from(blob)) == len(files)
        actions = sa.select(oplog.c.action, sa.func.count()).group_by(oplog.c.action)
        assert set(dict(connection.execute(actions).all()).values()) <= {1 + PROJECTS}
        last = sa.select(sa.func.max(oplog.c.id)).where(oplog.c.key.is_not(None)).group_by(oplog.c.key)
        logged = connection.execute(
            sa.select(oplog.c.key, oplog.c.version_id).where(oplog.c.id.in_(last))
        ).all()
        counted = connection.execute(sa.select(project.c.key, project.c.version_id)).all()
        assert sorted(logged) == sorted(counted)
        assert connection.scalar(sa.select(sa.func.count()).select_from(indicator)) == 2 * len(counted)
    return sorted(files.values())


def test_two_programs_of_three_threads_lose_nothing(tmp_path):
    count, keys = 40, 12
    programs = [writer(tmp_path, name, count, 3, keys) for name in "ab"]
    assert [program.communicate(timeout=120)[1] for program in programs] == [None, None]
    assert [program.returncode for program in programs] == [0, 0]
    store = open_store(tmp_path)
    assert whole(store) == sorted(f"{name}-{number}.xlsx" for name in "ab" for number in range(count))
    with store.engine.connect() as connection:
        rows = connection.execute(
            sa.select(oplog.c.key, oplog.c.prev_id, oplog.c.version_id).where(oplog.c.key.is_not(None))
            .order_by(oplog.c.id)
        ).all()  # fmt: skip
    assert len(rows) == 2 * count * PROJECTS and len({row.key for row in rows}) == keys
    for key in {row.key for row in rows}:
        chain = [row for row in rows if row.key == key]
        assert chain[0].prev_id is None
        assert all(after.prev_id == before.version_id for before, after in pairwise(chain))


def test_a_program_killed_while_it_uploads_leaves_every_file_whole_or_absent(tmp_path):
    moments = random.Random(7)
    safe: list[str] = []
    for round_ in range(4):
        program = writer(tmp_path, f"r{round_}", 200, 2, 0)
        assert program.stdout is not None
        after = moments.randrange(2, 60)
        safe += [program.stdout.readline().strip() for _ in range(after)]
        program.kill()
        safe += program.stdout.read().split()
        program.wait()
        store = open_store(tmp_path)  # and the next round goes on in it
        kept = whole(store)
        assert set(safe) <= set(kept) and len(safe) >= after
        assert len([file for file in kept if file.startswith(f"r{round_}-")]) < 200
        store.close()
