"""The six sample tables, marked as samples: a first start shows them, they leave when the first real file
counts, and come back only when somebody asks for them."""

from __future__ import annotations

import logging
from pathlib import Path

from dashboard.store import Store

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
logger = logging.getLogger("dashboard")


def bring(store: Store, who: str) -> None:
    """Count the sample tables: those that the store has, as they counted last, else those of the package."""
    uploads = store.uploads()
    waiting = uploads[(uploads["sample"] == 1) & uploads["state"].isin(("staged", "undone"))]
    for number in waiting["id"].sort_values():
        store.confirm(number, who)
    if waiting.empty and store.show_samples(who) is None:
        _read(store, who)


def _read(store: Store, who: str) -> None:
    from parsing import ReadError, read

    for file in sorted(SAMPLES.glob("*.txt")):
        try:
            reading = read(file)
        except ReadError:
            logger.exception("示例文件读不出来：%s", file)
            continue
        store.confirm(store.stage(file.name, file.read_bytes(), reading, who, sample=True), who)
