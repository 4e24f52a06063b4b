"""What the benchmarks share: figures with their aims, medians, the table, stores full of projects."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from dashboard.store import open_store
from parsing import Reading
from tests.portfolio import generate

BATCH = 500  # projects a file


class Figure(NamedTuple):
    """A number with its unit; ``most`` and ``least`` are the aim, where there is one."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def aim(self) -> str:
        bounds = [f"≤ {self.most:g}"] if self.most is not None else []
        return " ".join(bounds + ([f"≥ {self.least:g}"] if self.least is not None else []))

    @property
    def verdict(self) -> str:
        if not self.aim:
            return ""
        over = self.most is not None and self.value > self.most
        return "MISSED" if over or (self.least is not None and self.value < self.least) else "met"


def median(run: Callable[[], float], times: int) -> float:
    return statistics.median(run() for _ in range(times))


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def fill(folder: Path, count: int, first: int = 0, settled: bool = False) -> None:
    """Count generated projects in the store of a folder, in files of ``BATCH``; ``settled``: and review them,
    as the first page does that is opened after it."""
    projects = generate(count)
    with closing(open_store(folder)) as store:
        for at in range(first, count, BATCH):
            reading = Reading(projects=tuple(projects[at : at + BATCH]))
            store.confirm(store.stage(f"{at}.xlsx", str(at).encode(), reading, "bench"), "bench")
        if settled:
            store.settle()


def heading() -> str:
    load = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} cores, load {load} at the start, Python {sys.version.split()[0]}"


def line(figure: Figure) -> str:
    value = f"{figure.value:,.0f}" if abs(figure.value) >= 100 else f"{figure.value:.3g}"
    return f"  {figure.name:<58}{value:>9} {figure.unit:<10}{figure.aim:<9}{figure.verdict}".rstrip()


def table(name: str, figures: Iterable[Figure]) -> bool:
    """Print a benchmark's figures as they come; whether all aims were met."""
    print(f"{name}  ({heading()})", flush=True)
    met = True
    for figure in figures:
        print(line(figure), flush=True)
        met = met and figure.verdict != "MISSED"
    return met
