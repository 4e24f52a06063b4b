"""How much of a table the program reads, and whether it says what it does not: ``python -m tests.recall
[--count 2000] [--seed 1] [--write]``.

Reads the project's own case files (tests/golds.py), and generated tables (tests/generated.py), so many in all
shapes and damages together, with labels of words that no data of the program has. Each field and each
indicator (its category, name and target together) is ``right``, ``said`` (wrong or missing, and the reading
asks for a look at it, or names what it could not read),
``refused`` (with the file) or ``silent``: wrong without a word; an indicator or a table that is not there
counts, too. ``--write`` keeps the figures beside the program and in the docs. Exit code 1 where a floor is
missed. What it does not cover stands in ``parsing.accuracy.LIMITS``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

from parsing import PARSER, Reading
from parsing.accuracy import FILE, OUTCOMES, Accuracy, AccuracyPart, Tally, accuracy, grouped, markdown
from parsing.forms import FORMS
from parsing.forms.form import UNDECLARED
from tests.generated import DAMAGES, Specimen, table
from tests.generated_shapes import SHAPES
from tests.golds import PICTURED, Case, Table, cases
from tests.judging import Outcome, judged

DOCS = Path(__file__).parent.parent / "docs" / "accuracy.md"
HEAD = """# Written by python -m tests.recall --write.
# parts: source, kind of file, format or shape, form or damage, files, tables; then of fields and of
# indicators: right, said, refused, silent.
"""
KINDS = {
    "电子表格": (".xlsx", ".xls", ".et", ".ods", ".csv"),
    "文字文档": (".docx", ".doc", ".odt", ".rtf"),
    "网页": (".html", ".mht"),
    "PDF 和 OFD": (".pdf", ".ofd"),
    "粘贴的文字": (".txt",),
}
PICTURES, PASTED = "扫描件", "粘贴的文字"
OTHER, REFUSED = "其他类型的表", "没有读"  # in place of a form
SHAPE_TITLES = {
    "xlsx": ".xlsx",
    "tabs": "制表符分开",
    "bars": "竖线分开",
    "blanks": "空格分开",
    "lines": "一行一格",
}
DAMAGE_TITLES = {
    "whole": "完整",
    "noisy": "夹着网页文字",
    "unknown": "有个没见过的标签",
    "torn": "缺了下半截",
}
TITLES = {form.code: form.title for form in (*FORMS, UNDECLARED)}
# Of the facts that were not refused: right at least; of all: silent at most. Nothing is asked of pictures.
FLOORS = {"cases": (0.99, 0.0), PASTED: (0.9, 0.0), "generated": (0.97, 0.001), PICTURES: (0.0, 1.0)}


def main(arguments: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args(arguments)
    each = chosen.count // (len(SHAPES) * len(DAMAGES)) or 1
    made = (generated(shape, damage, each, chosen.seed) for shape, damage in product(SHAPES, DAMAGES))
    own = sorted(grouped(map(of_case, cases()), lambda part: "\n".join(part.names)).values(), key=_rank)
    parts = (*own, *made)
    print(*printed(parts), sep="\n")
    if chosen.write:
        FILE.write_text(written(Accuracy(date.today().isoformat(), PARSER, chosen.seed, parts)), "utf-8")
        accuracy.cache_clear()
        DOCS.write_text(markdown(), "utf-8")
    missed = [name for name, part in floored(parts).items() if not holds(part)]
    print(*(f"below its floor: {name}" for name in missed), sep="\n")
    return 1 if missed else 0


def of_case(case: Case) -> AccuracyPart:
    """What became of the facts of a case file."""
    name = case.path.name
    reading, ends = judged(case.tables, case.path.read_bytes(), name, case.others, case.is_whole)
    known = (kind for kind, formats in KINDS.items() if case.path.suffix in formats)
    kind = PICTURES if name in PICTURED else next(known)
    tables = len(case.tables) + case.others
    return AccuracyPart("cases", kind, case.path.suffix, _form(reading), 1, tables, *tallies(ends))


def _form(reading: Reading | None) -> str:
    """The form of a file's first table, in words."""
    if reading is None:
        return REFUSED
    return TITLES[reading.projects[0].form] if reading.projects else OTHER


def generated(shape: str, damage: str, count: int, seed: int) -> AccuracyPart:
    """What became of the facts of so many tables."""
    name, write = SHAPES[shape]
    ends: list[Outcome] = []
    for number in range(count):
        dice = Random(f"{seed} {shape} {damage} {number}")
        true = DAMAGES[damage](dice, table(dice))
        ends += judged((truth(true),), write(true), name)[1]
    kind = PASTED if name.endswith(".txt") else next(iter(KINDS))
    names = "generated", kind, SHAPE_TITLES[shape], DAMAGE_TITLES[damage]
    return AccuracyPart(*names, count, count, *tallies(ends))


def truth(true: Specimen) -> Table:
    rows = [
        {"level2": one.level2, "name": one.name, "target": "".join(one.target)} for one in true.indicators
    ]
    return Table(true.fields, rows)


def tallies(ends: Iterable[Outcome]) -> tuple[Tally, Tally]:
    """Of fields and of indicators."""
    counts = Counter(ends)
    of_fields, of_indicators = (
        Tally(*(counts[Outcome(fact, end)] for end in OUTCOMES)) for fact in ("fields", "indicators")
    )
    return of_fields, of_indicators


def floored(parts: Iterable[AccuracyPart]) -> dict[str, AccuracyPart]:
    """The parts for each of which a floor is set: the kinds of case files, and all generated tables."""
    return grouped(parts, lambda part: part.kind if part.source == "cases" else part.source)


def holds(part: AccuracyPart) -> bool:
    """Whether so much is right and so little silent as must be."""
    both = part.both
    key = part.source if part.source == "generated" or part.kind not in FLOORS else part.kind
    floor, ceiling = FLOORS[key]
    return both.right >= floor * (both.facts - both.refused) and both.silent <= ceiling * both.facts


def printed(parts: Iterable[AccuracyPart]) -> Iterator[str]:
    """A line for each part, and for all of each source."""
    parts = [*parts]
    yield f"{'tables':>6} {'fields':>11} {'indicators':>11} {'said':>6} {'refused':>8} {'silent':>7}  of"
    for part in (*parts, *grouped(parts, lambda part: part.source).values()):
        rights = (f"{tally.right}/{tally.facts}" for tally in (part.fields, part.indicators))
        both, names = part.both, " ".join(filter(None, part.names))
        counts = "{:>11} {:>11}".format(*rights)
        yield f"{part.tables:6} {counts} {both.said:6} {both.refused:8} {both.silent:7}  {names}"


def written(measured: Accuracy) -> str:
    """As the file holds them."""
    lines = (
        [*part.names, part.files, part.tables]
        + [[getattr(tally, end) for end in OUTCOMES] for tally in (part.fields, part.indicators)]
        for part in measured.parts
    )
    rows = "\n".join(f"  {json.dumps(line, ensure_ascii=False)}," for line in lines)
    about = f'date = "{measured.date}"\nparser = "{measured.parser}"\nseed = {measured.seed}\n'
    return f"{HEAD}{about}parts = [\n{rows}\n]\n"


def _rank(part: AccuracyPart) -> int:
    """Of its format, in the order of KINDS; what was a picture comes last."""
    formats = [one for many in KINDS.values() for one in many]
    return len(formats) if part.kind == PICTURES else formats.index(part.format)


if __name__ == "__main__":
    sys.exit(main())
