"""What lasts: uploads, versions, decisions; and the tables that the questions are asked of."""

from __future__ import annotations

from pathlib import Path

from dashboard.store.backups import BackupError, backup, restore
from dashboard.store.derived_schema import (
    DOUBLED,
    LEFT,
    candidate,
    finding,
    indicator,
    outline,
    project,
    repair,
    requirement,
    trouble,
)
from dashboard.store.engine import connect
from dashboard.store.errors import (
    StoreBusy,
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreNewer,
)
from dashboard.store.exact_sum import added
from dashboard.store.left_out import LeftOut, summed
from dashboard.store.outcome import KnownVersion, Outcome
from dashboard.store.reader import Reader, Select, reader
from dashboard.store.record import Store
from dashboard.store.reviewed import identity
from dashboard.store.schema import upload
from dashboard.store.severity import PROBLEM_RANK, RANK_SEVERITIES, READING, SEVERITY_RANKS
from dashboard.store.standards import Standards
from dashboard.store.stored import mentions
from dashboard.store.verdicts import WORDS, Condition, Verdict
from dashboard.store.verification import verify
from parsing.counting import key as project_key

__all__ = [
    "DOUBLED",
    "LEFT",
    "PROBLEM_RANK",
    "RANK_SEVERITIES",
    "READING",
    "SEVERITY_RANKS",
    "WORDS",
    "BackupError",
    "Condition",
    "KnownVersion",
    "LeftOut",
    "Outcome",
    "Reader",
    "Select",
    "Standards",
    "Store",
    "StoreBusy",
    "StoreConflict",
    "StoreDamaged",
    "StoreError",
    "StoreMissing",
    "StoreNewer",
    "Verdict",
    "added",
    "backup",
    "candidate",
    "finding",
    "identity",
    "indicator",
    "mentions",
    "open_store",
    "outline",
    "project",
    "project_key",
    "reader",
    "repair",
    "requirement",
    "restore",
    "summed",
    "trouble",
    "upload",
    "verify",
]


def open_store(where: str | Path) -> Store:
    """The store of a folder (made if need be) or of an SQLAlchemy URL; a folder's own standards are in
    ``standards`` in it. Raises StoreError."""
    folder = None if "://" in str(where) else Path(where) / "standards"
    return Store(connect(where), folder)
