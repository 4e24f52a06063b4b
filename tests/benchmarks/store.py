"""Putting projects into the store, and asking the questions of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.queries import budget, coverage, gaps, projects, review, totals, trouble
from dashboard.queries.scope import Scope
from dashboard.store import Select, open_store
from parsing import Reading
from tests.benchmarks.measure import Figure, fill, median, seconds
from tests.portfolio import generate

ALL, ONE = Scope(), Scope(year=2024, department="教育局")
SLOW = 50  # ms: a page asks about eight questions, and has half a second
QUESTIONS: tuple[tuple[str, Select], ...] = (
    ("totals.totals", totals.totals(ALL)),
    ("totals.totals, one department and year", totals.totals(ONE)),
    ("totals.options of unit", totals.options(ALL, "unit")),
    ("budget.ranked, top 20 and the rest", budget.ranked(ALL, 20)),
    ("budget.grouped by unit", budget.grouped(ALL, "unit")),
    ("budget.grouped by end year", budget.grouped(ALL, "end")),
    ("budget.types", budget.types(ALL)),
    ("coverage.lacking", coverage.lacking(ALL)),
    ("coverage.matrix, first 200", coverage.matrix(ALL)),
    ("coverage.matrix by gaps, first 200", coverage.matrix(ALL, "gaps")),
    ("coverage.groups by unit", coverage.groups(ALL, "unit")),
    ("gaps.gaps of 成本", gaps.gaps(ALL, "成本")),
    ("projects.listed, first 200", projects.listed(ALL)),
    ("projects.listed, search of two words", projects.listed(ALL, "道路 满意")),
    ("trouble.counts", trouble.counts()),
    ("trouble.unread", trouble.unread()),
    ("trouble.repaired", trouble.repaired(ALL)),
    ("review.ranked, first 200", review.ranked(ALL)),
    ("review.ranked, one department and year", review.ranked(ONE)),
    ("review.tally", review.tally(ALL)),
    ("review.rules", review.rules(ALL)),
    ("review.quadrant", review.quadrant(ALL)),
)
HEAVY = ("gaps.gaps", "projects.listed, search", "review.")  # asked once on a page, or of its long list


def figures(quick: bool) -> Iterator[Figure]:
    times, some, many = (1, 50, 200) if quick else (5, 2_000, 10_000)
    with TemporaryDirectory() as folder:
        root, number = Path(folder), count()
        reading = Reading(projects=tuple(generate(some)))

        def bring() -> None:
            with closing(open_store(root / str(next(number)))) as store:
                store.confirm(store.stage("a.xlsx", b"a", reading, "bench"), "bench")

        yield Figure(f"{some:,} projects staged and confirmed", median(lambda: seconds(bring), times), "s")
        fill(root / "many", many)
        with closing(open_store(root / "many")) as store:
            yield Figure(f"{many:,} projects reviewed under every standard", seconds(store.settle), "s")
            for name, question in QUESTIONS:

                def ask(question: Select = question) -> float:
                    return seconds(lambda: store.frame(question)) * 1000

                ask()
                heavy = name.startswith(HEAVY)
                yield Figure(
                    f"{name} of {many:,}", median(ask, times), "ms", most=None if heavy or quick else SLOW
                )
