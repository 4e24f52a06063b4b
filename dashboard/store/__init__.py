"""What lasts: uploads, versions, decisions; and the tables that the questions are asked of."""

from __future__ import annotations

from pathlib import Path

from dashboard.store.browse import Known, Outcome
from dashboard.store.derive import project_key
from dashboard.store.engine import connect
from dashboard.store.errors import StoreConflict, StoreError, StoreMissing
from dashboard.store.reader import Reader, Select, reader
from dashboard.store.record import Store
from dashboard.store.schema import indicator, project, repair, trouble, upload

__all__ = [
    "Known",
    "Outcome",
    "Reader",
    "Select",
    "Store",
    "StoreConflict",
    "StoreError",
    "StoreMissing",
    "indicator",
    "open_store",
    "project",
    "project_key",
    "reader",
    "repair",
    "trouble",
    "upload",
]


def open_store(where: str | Path) -> Store:
    """The store of a folder (made if need be) or of an SQLAlchemy URL. Raises StoreError."""
    return Store(connect(where))
