"""How often the rules are right: ``python -m tests.precision [--write]``.

Every finding in the labelled set (the six samples, the forms of tests/cases/forms, the projects of
tests/cases/labelled) was judged by hand, see tests/cases/labels.yml. Prints, for each rule, hits, precision
and recall; ``--write`` keeps the figures beside the rules. Ends with 1 when a finding has not been judged, or
a judgement fits no finding.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from parsing import Project, files, read
from parsing.rules import BOOK, review_all
from parsing.rules.measured import FILE, Measured
from tests.making import project

ROOT = Path(__file__).parent
LABELS = ROOT / "cases" / "labels.yml"
HEAD = "# Written by python -m tests.precision --write: what the rules found in the labelled set.\n"
BAR = 0.8


class Point(NamedTuple):
    """Something found, or that should have been: which rule, in which file and project, at which path."""

    rule: str
    file: str
    project: str
    path: str


@cache
def found() -> tuple[Point, ...]:
    """All findings of the labelled set under the default standard; each file is a portfolio of its own."""
    points = []
    for file, projects in portfolios().items():
        for one_project, said in zip(projects, review_all(projects), strict=True):
            points += [Point(one.rule, file, one_project.name, one.path) for one in said.findings]
    return tuple(points)


@cache
def portfolios() -> dict[str, tuple[Project, ...]]:
    """File → its projects; of a table that is there in two formats, the workbook."""
    folders = (ROOT.parent / "data" / "samples" / "dongkeng-2024.txt", ROOT / "cases" / "forms")
    every = [path for path, _ in files(folders) if path.suffix in (".txt", ".xlsx", ".docx")]
    books = {path.stem for path in every if path.suffix == ".xlsx"}
    chosen = [path for path in every if path.suffix != ".docx" or path.stem not in books]
    read_in = {path.name: many for path in chosen if (many := read(path).projects)}
    written = sorted((ROOT / "cases" / "labelled").glob("*.yml"))
    return read_in | {
        path.name: tuple(map(project, yaml.safe_load(path.read_text("utf-8")))) for path in written
    }


@cache
def judged() -> dict[Point, str]:
    """Point → ``right``, ``wrong`` (found, but no fault) or ``missed`` (a fault that was not found)."""
    said: dict[Point, str] = {}
    for rule, by_file in yaml.safe_load(LABELS.read_text("utf-8")).items():
        for file, by_project in by_file.items():
            for name, verdicts in by_project.items():
                for verdict in verdicts:
                    said[Point(rule, file, name, verdict["at"] or "")] = verdict["verdict"]
    return said


def figures() -> dict[str, Measured]:
    """Rule → hits, right and missed. A finding that nobody judged counts as wrong."""
    hits, verdicts = Counter(found()), judged()
    told = {code: Counter[str]() for code in BOOK}
    for point, times in hits.items():
        told[point.rule]["hits"] += times
        told[point.rule]["right"] += times * (verdicts.get(point) == "right")
    for point, verdict in verdicts.items():
        told[point.rule]["missed"] += verdict == "missed" and point not in hits
    return {code: Measured(one["hits"], one["right"], one["missed"]) for code, one in told.items()}


def open_points() -> list[str]:
    """Findings that nobody judged, and judgements that fit no finding any more."""
    hits, verdicts = set(found()), judged()
    stale = {point for point, verdict in verdicts.items() if (point in hits) == (verdict == "missed")}
    return [f"not judged: {point}" for point in sorted(hits - set(verdicts))] + [
        f"fits no finding, or was found by now: {point}" for point in sorted(stale)
    ]


def main() -> int:
    """Print the figures; see the module."""
    measured = figures()
    print(f"{'rule':6}{'severity':10}{'hits':>6}{'right':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for code, one in measured.items():
        shares = ["-" if value is None else f"{value:.2f}" for value in (one.precision, one.recall)]
        low = " below the bar" if one.hits and one.right / one.hits < BAR else ""
        print(
            f"{code:6}{BOOK[code].severity:10}{one.hits:6}{one.right:7}{one.missed:8}{shares[0]:>11}{shares[1]:>8}{low}"
        )
    for line in (open_left := open_points()):
        print(line)
    if "--write" in sys.argv[1:]:
        lines = [
            f"{code} = {{hits = {one.hits}, right = {one.right}, missed = {one.missed}}}"
            for code, one in measured.items()
        ]
        FILE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return 1 if open_left else 0


if __name__ == "__main__":
    sys.exit(main())
