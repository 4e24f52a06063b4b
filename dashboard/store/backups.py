"""A store in one file, and back again. Either is whole or did not happen, however the program ends.

The file is a zip of ``jilan.db``, as one moment saw it, and of the folder's own standards and forms. What
waits in ``incoming`` is not in it: the next program reads that from the disk.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from dashboard.store import data_folder
from dashboard.store.engine import meaning
from dashboard.store.errors import StoreDamaged, StoreError
from dashboard.store.hold import WAIT, Hold, alone
from dashboard.store.standards import copied
from parsing.teaching import form_files

STANDARDS = "standards"
FOLDERS = (STANDARDS, form_files.FOLDER)  # of small TOML files of this office's own
LEFT = (".db", ".part")  # endings of what is made beside a backup, and gone when it is there


class BackupError(StoreError):
    """A backup cannot be made where it was asked for, or what was given is none."""


def backup(folder: Path, file: Path, force: bool = False) -> None:
    """Write the store of ``folder`` into ``file``, while programs use it or not. Raises BackupError where
    ``file`` is there and not ``force``, or cannot be written; StoreDamaged, and leaves ``file`` as it is."""
    if file.exists() and not force:
        raise BackupError(f"“{file}”已经存在，没有覆盖。请换一个文件名，或加上 --force")
    copy, part = (file.with_name(f".{file.name}{ending}") for ending in LEFT)
    with _told(f"备份没有写成，请检查“{file.parent}”是否存在、可以写入、空间足够"):
        try:
            _clear(copy, part)  # of a program that was ended
            snapshot(folder, copy)
            with part.open("wb") as opened:
                with ZipFile(opened, "w", ZIP_DEFLATED, compresslevel=1) as package:
                    package.write(copy, data_folder.DATABASE)
                    for own in FOLDERS:
                        for written in copied(folder / own):
                            package.write(written, f"{own}/{written.name}")
                opened.flush()
                os.fsync(opened.fileno())
            part.replace(file)
            data_folder.settle_names(file.parent)
        finally:
            _clear(copy, part)


def restore(folder: Path, file: Path) -> Path | None:
    """Put the store of a backup, or of a copied ``jilan.db``, into ``folder``; returns the folder that keeps
    what was there before, None where nothing was. Raises BackupError where ``file`` is no backup,
    StoreDamaged where what is in it is not whole, StoreInUse while a program uses the folder; all of them
    leave it as it is."""
    with _told(f"没有恢复，请检查“{file}”和“{folder}”是否可以读写、空间是否足够"):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".restore-{uuid4().hex}"
        try:
            _unpacked(file, fresh)
            check(fresh)
            with alone(folder, WAIT):
                return _changed(folder, fresh)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def snapshot(folder: Path, copy: Path) -> None:
    """The database of a folder as one moment sees it, as a file of its own. Raises StoreError and
    sqlite3.Error."""
    if not data_folder.database(folder).exists():
        raise BackupError(f"“{folder}”里没有数据（没有 {data_folder.DATABASE}）")
    with Hold(folder):
        data_folder.look(folder)
        with closing(data_folder.raw(folder)) as raw:
            _sound(raw)  # a copy of what is damaged may look whole
            raw.execute("VACUUM INTO ?", (str(copy),))


def check(folder: Path) -> None:
    """Raises StoreDamaged where the database of a folder is not sound."""
    data_folder.look(folder)
    with closing(data_folder.raw(folder)) as raw:
        _sound(raw)


def _sound(raw: sqlite3.Connection) -> None:
    (answer,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise StoreDamaged()


def _unpacked(file: Path, fresh: Path) -> None:
    for own in FOLDERS:
        (fresh / own).mkdir(parents=True)
    with file.open("rb") as opened:
        bare = opened.read(len(data_folder.MAGIC)) == data_folder.MAGIC
    if bare:
        shutil.copyfile(file, data_folder.database(fresh))
        return
    try:
        with ZipFile(file) as package:
            for name in package.namelist():
                folder, _, last = name.rpartition("/")
                if name != data_folder.DATABASE and (
                    folder not in FOLDERS or last != Path(last).name or not last
                ):
                    raise BackupError(f"“{file.name}”不是绩览的备份：里面有 {name}")
                with package.open(name) as source, (fresh / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BackupError(f"“{file.name}”不是绩览的备份，或没有复制完整") from error
    if not data_folder.database(fresh).exists():
        raise BackupError(f"“{file.name}”不是绩览的备份：里面没有 {data_folder.DATABASE}")


def _changed(folder: Path, fresh: Path) -> Path | None:
    """Have ``fresh`` take the place of what is there. At each moment the folder has a whole database."""
    old, own = data_folder.database(folder), [folder / name for name in FOLDERS]
    kept = folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}-{uuid4().hex[:4]}"
    paths = [path for path in (old, data_folder.wal(old), *own) if path.exists()]
    if paths:
        with suppress(sqlite3.Error), closing(data_folder.raw(folder)) as raw:  # damaged, it is kept as it is
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept.mkdir()
        for path in (old, data_folder.wal(old)):
            if path.exists():
                shutil.copy2(path, kept / path.name)
    with data_folder.database(fresh).open("rb+") as opened:
        os.fsync(opened.fileno())
    _clear(data_folder.wal(old), old.with_name(f"{old.name}-shm"))
    data_folder.database(fresh).replace(old)
    for path in own:
        if path.exists():
            path.replace(kept / path.name)
        (fresh / path.name).replace(path)
    data_folder.settle_names(folder)
    return kept if paths else None


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    """What the disk or the database raises, as a StoreError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None)
        raise meaning(error) or BackupError(f"{sentence}（{why}）" if why else sentence) from error


def _clear(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)
