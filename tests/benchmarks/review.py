"""Reviewing portfolios of three sizes: every project by itself, then all of them side by side.

Each size in a process of its own, on one core, with the rules warm. Projects are made one by one and let go
after their review, their outlines are kept; what it takes to make them is not counted.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from time import process_time

from parsing.gc_pause import collecting_paused
from parsing.rules import compare, review
from parsing.rules.outline import Outline, outline
from tests.benchmarks.measure import Figure
from tests.browser import ROOT
from tests.portfolio import stream

SIZES = (1_000, 10_000, 100_000)
AIMED = 10_000
TIMES = {1_000: 5, 10_000: 3, 100_000: 1}


def figures(quick: bool) -> Iterator[Figure]:
    each: dict[int, float] = {}
    for size in (20, 50, 100) if quick else SIZES:
        runs = [_fresh(size) for _ in range(1 if quick else TIMES[size])]
        run = {key: statistics.median(one[key] for one in runs) for key in runs[0]}
        whole = run["alone"] + run["together"]
        aimed = size == AIMED
        each[size] = whole / size * 1e6
        yield Figure(f"{size:,} projects reviewed", whole, "s", most=10 if aimed else None)
        yield Figure("  of it side by side", run["together"], "s")
        yield Figure("  a project", each[size], "µs")
        yield Figure("  most memory of the process", run["memory"], "MB", most=1000 if aimed else None)
        yield Figure("  findings a project", run["findings"] / size, "")
    small, *_, large = each
    yield Figure(
        f"a project of {large:,} / a project of {small:,}",
        each[large] / each[small],
        "×",
        most=None if quick else 1.5,
    )


def _fresh(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.review", str(size)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def measure(size: int) -> dict[str, float]:
    """Seconds of the processor, MB, findings."""
    for project in stream(100, seed=2):  # first calls compile patterns and read word lists
        review(project)
    outlines: list[Outline] = []
    alone, findings = 0.0, 0
    with collecting_paused():  # as review_all does
        for project in stream(size):
            start = process_time()
            findings += len(review(project).findings)
            outlines.append(outline(project))
            alone += process_time() - start
    start = process_time()
    findings += len(compare(outlines))
    together = process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"alone": alone, "together": together, "memory": memory, "findings": findings}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
