"""The six sample tables that a first start shows, marked as samples."""

from __future__ import annotations

import logging
from pathlib import Path

from dashboard.store import Store

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
logger = logging.getLogger("dashboard")


def bring(kept: Store, who: str) -> None:
    """Count the sample tables, marked as samples."""
    from parsing import ReadError, read

    for file in sorted(SAMPLES.glob("*.txt")):
        try:
            reading = read(file)
        except ReadError:
            logger.exception("示例文件读不出来：%s", file)
            continue
        kept.confirm(kept.stage(file.name, file.read_bytes(), reading, who, sample=True), who)
