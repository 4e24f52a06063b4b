"""How much of tables the program reads, and whether it says what it does not: written by ``python -m
tests.recall --write``, with the page of them in the docs."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")
SOURCES = {"cases": "样表", "generated": "程序生成的表"}
OUTCOMES = {
    "right": "读对",
    "said": "没读对，已提示",
    "refused": "整份没读，已说明",
    "silent": "读错而没有说",
}
VARIANTS = {"cases": "表样", "generated": "损坏"}  # what ``AccuracyPart.variant`` is
CAUTION = "头一回见到的表会读得差一些"
LIMITS = (
    "样表大多在编写程序时见过，其中许多是同样几张表存成不同格式；程序生成的表，每个标签里都有程序没见过的词，但指标表的栏名是常见的，版式也比真实的表简单。"
    "手写的字、拍歪的照片、一格里写几个指标的表没有测。"
)


@dataclass(frozen=True)
class Tally:
    """What became of so many facts. ``said``: wrong or missing, and the reading asks for a look or names what
    it could not read; ``refused``: with the whole file; ``silent``: wrong without a word."""

    right: int = 0
    said: int = 0
    refused: int = 0
    silent: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, key) + getattr(other, key) for key in OUTCOMES))

    @property
    def facts(self) -> int:
        return self.right + self.said + self.refused + self.silent


@dataclass(frozen=True)
class AccuracyPart:
    """What became of the tables of one kind. ``source``: one of SOURCES; ``kind``: of file, in words;
    ``format``: an ending of file names, or the shape of a text; ``variant``: a form, or a damage."""

    source: str
    kind: str
    format: str
    variant: str
    files: int = 0
    tables: int = 0
    fields: Tally = Tally()
    indicators: Tally = Tally()

    def __add__(self, other: AccuracyPart) -> AccuracyPart:
        """Both together; what they do not share is "" then."""
        return AccuracyPart(
            _shared(self.source, other.source),
            _shared(self.kind, other.kind),
            _shared(self.format, other.format),
            _shared(self.variant, other.variant),
            files=self.files + other.files,
            tables=self.tables + other.tables,
            fields=self.fields + other.fields,
            indicators=self.indicators + other.indicators,
        )

    @property
    def names(self) -> tuple[str, str, str, str]:
        return self.source, self.kind, self.format, self.variant

    @property
    def both(self) -> Tally:
        """Of fields and indicators."""
        return self.fields + self.indicators


def _shared(name: str, other: str) -> str:
    return name if name == other else ""


@dataclass(frozen=True)
class Accuracy:
    """The parts as measured, ``date`` as ``YYYY-MM-DD``; ``parser``: the PARSER that was measured;
    ``seed``: of the generated tables."""

    date: str
    parser: str
    seed: int
    parts: tuple[AccuracyPart, ...]

    def of(self, source: str) -> tuple[AccuracyPart, ...]:
        return tuple(part for part in self.parts if part.source == source)


def together(parts: Iterable[AccuracyPart]) -> AccuracyPart:
    """All of them as one."""
    first, *rest = parts
    for part in rest:
        first += part
    return first


def grouped(parts: Iterable[AccuracyPart], by: Callable[[AccuracyPart], str]) -> dict[str, AccuracyPart]:
    """One part for each value of ``by``, in order of appearance."""
    groups: dict[str, list[AccuracyPart]] = {}
    for part in parts:
        groups.setdefault(by(part), []).append(part)
    return {name: together(many) for name, many in groups.items()}


# Of a table of the figures, behind the name of each group
HEADS = ("表", "字段读对", "指标读对", *[word for key, word in OUTCOMES.items() if key != "right"])


def groups(kept: Accuracy, source: str) -> dict[str, dict[str, AccuracyPart]]:
    """The parts of a source by kind of file, by format and by form or damage: title → name → part."""
    ways = {
        "文件": lambda part: part.kind,
        "格式": lambda part: part.format,
        VARIANTS[source]: lambda part: part.variant,
    }
    return {title: grouped(kept.of(source), by) for title, by in ways.items()}


def counts(part: AccuracyPart) -> tuple[str, ...]:
    """The figures of a part under HEADS."""
    both = part.both
    shares = (f"{tally.right:,} / {tally.facts:,}" for tally in (part.fields, part.indicators))
    return f"{part.tables:,}", *shares, f"{both.said:,}", f"{both.refused:,}", f"{both.silent:,}"


@cache
def accuracy() -> Accuracy:
    """The figures that stand in the file."""
    kept = tomllib.loads(FILE.read_text("utf-8"))
    parts = (
        AccuracyPart(source, kind, shape, variant, files, tables, Tally(*of_fields), Tally(*of_indicators))
        for source, kind, shape, variant, files, tables, of_fields, of_indicators in kept["parts"]
    )
    return Accuracy(kept["date"], kept["parser"], kept["seed"], tuple(parts))


def markdown() -> str:
    """The figures as a page: counts, so that nothing is rounded away."""
    kept = accuracy()
    text = [
        "# 读表有多准",
        f"{kept.date} 测，读表程序第 {kept.parser} 版，种子 {kept.seed}。本页由程序生成"
        "（`python -m tests.recall --write`），不要手工修改。",
        f"{CAUTION}：{LIMITS}",
    ]
    for source, title in SOURCES.items():
        whole = together(kept.of(source))
        text += [f"## {title}", f"{whole.files:,} 个文件，{whole.tables:,} 张表。"]
        text += [_table(name, named | {"合计": whole}) for name, named in groups(kept, source).items()]
    return "\n\n".join(text) + "\n"


def _table(title: str, named: Mapping[str, AccuracyPart]) -> str:
    lines = [(title, *HEADS), ("---", *["---:"] * len(HEADS))]
    lines += [(name, *counts(part)) for name, part in named.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
