"""How much of a table the program reads, and whether it says what it does not: ``python -m tests.recall
[--count 400] [--seed 1]``.

Reads generated tables (tests/generated.py), so many in each shape and damage. Each field and each indicator
(its category, name and target together) is ``right``, ``said`` (wrong or missing, and the reading asks for a
look or names what it could not read), ``refused`` (with the file) or ``silent``: wrong without a word; an
indicator that no table has counts, too. Exit code 1 where a floor is missed.

What it does not cover: scans, tables whose words nobody prints, several values for an indicator; generated
tables are plainer than real ones.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from random import Random

import parsing
from parsing.errors import ReadError
from parsing.model import Project, Reading
from tests.generated import DAMAGES, SHAPES, Specimen, table

FLOOR, CEILING = 0.97, 0.001  # of the facts: right of those that were not refused; silent
Count = Counter[str]


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args(arguments)
    whole: Count = Counter()
    print(f"{'shape':8} {'damage':8} {'facts':>6} {'right':>7} {'said':>6} {'refused':>8} {'silent':>7}")
    for shape in SHAPES:
        for damage in DAMAGES:
            count = measured(shape, damage, chosen.count // (len(SHAPES) * len(DAMAGES)) or 1, chosen.seed)
            whole += count
            print(f"{shape:8} {damage:8} {_figures(count)}")
    print(f"{'all':8} {'':8} {_figures(whole)}")
    return 0 if holds(whole) else 1


def _figures(count: Count) -> str:
    facts = count.total()
    return (
        f"{facts:6} {count['right'] / facts:7.1%} {count['said'] / facts:6.1%} "
        f"{count['refused'] / facts:8.1%} {count['silent'] / facts:7.2%}"
    )


def holds(count: Count) -> bool:
    read = count.total() - count["refused"]
    return count["right"] >= FLOOR * read and count["silent"] <= CEILING * count.total()


def measured(shape: str, damage: str, count: int, seed: int) -> Count:
    """What became of the facts of so many tables."""
    found: Count = Counter()
    for number in range(count):
        dice = Random(f"{seed} {shape} {damage} {number}")
        true = DAMAGES[damage](dice, table(dice))
        name, write = SHAPES[shape]
        found += Counter(judged(true, write(true), name))
    return found


def judged(true: Specimen, data: bytes, name: str) -> Iterator[str]:
    """What became of each fact of a table."""
    try:
        reading = parsing.read(data, name=name)
    except ReadError:
        yield from ["refused"] * (len(true.fields) + len(true.indicators))
        return
    wrong = "said" if says(reading) else "silent"
    project = reading.projects[0] if len(reading.projects) == 1 else None
    for field, value in true.fields.items():
        got = getattr(project, field, None)
        yield "right" if (got == value if isinstance(value, int) else bare(got) == bare(value)) else wrong
    rows = Counter(_rows(project) if project else [])
    for one in true.indicators:
        row = bare(one.level2), bare(one.name), bare(one.target)
        yield "right" if rows[row] else wrong
        rows[row] -= 1
    yield from [wrong] * sum(number for number in rows.values() if number > 0)  # invented


def says(reading: Reading) -> bool:
    """Whether the reading asks for a look, or names something that it could not read."""
    doubts = any(repair.doubtful for project in reading.projects for repair in project.repairs)
    return bool(reading.unread) or doubts or any(project.partial for project in reading.projects)


def _rows(project: Project) -> list[tuple[str, str, str]]:
    return [(bare(i.level2), bare(i.name), bare(i.annual or i.period)) for i in project.indicators]


def bare(text: object) -> str:
    return re.sub(r"\s+", "", str(text or ""))


if __name__ == "__main__":
    sys.exit(main())
