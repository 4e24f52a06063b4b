"""How much of a portfolio is copied: rates with the rows behind them, not an accusation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from parsing.rules.kinds import kind
from parsing.rules.outline import Outline, OutlineLine
from parsing.rules.shared import strange
from parsing.rules.similar import measured, plain
from parsing.values import understand

SEVERAL = 3  # projects that make a habit
Row = tuple[int, str]  # number of the project in the sequence, path there


class Rate(NamedTuple):
    """``rows``: those that are copied; ``of``: how many could be."""

    title: str
    meaning: str
    rows: tuple[Row, ...]
    of: int

    @property
    def share(self) -> float | None:
        """0..1; None where there was nothing to copy."""
        return len(self.rows) / self.of if self.of else None


class Copying(NamedTuple):
    values: Rate
    goals: Rate
    indicators: Rate
    phrases: Rate


def copying(outlines: Sequence[Outline]) -> Copying:
    """Values and goals of the year that repeat those of the whole period (of projects not known to run for
    one year alone), indicators that unlike projects of one year share, words that several projects of one
    year set as their target."""
    lasting = [(number, one) for number, one in enumerate(outlines) if one.lasting is not False]
    both = [(number, line) for number, one in lasting for line in one.lines if line.copied is not None]
    goals = [
        (number, {plain(text) for text in one.goals.values()})
        for number, one in lasting
        if len(one.goals) > 1
    ]
    named, rows = _gathered(outlines, lambda line: measured(line.name))
    worded, words = _gathered(outlines, _words)
    return Copying(
        values=Rate(
            "年度值与周期值相同",
            "跨年项目中，当年度指标值与实施周期指标值相同的指标",
            tuple((number, f"indicators[{line.number}].annual") for number, line in both if line.copied),
            len(both),
        ),
        goals=Rate(
            "年度目标与周期目标相同",
            "跨年项目中，年度目标与实施周期目标文字相同的项目",
            tuple((number, "annual_goal") for number, texts in goals if len(texts) == 1),
            len(goals),
        ),
        indicators=Rate(
            "不同性质项目共用的指标",
            "同一年度三个以上、性质不同的项目都有的指标",
            tuple(
                (number, f"indicators[{at}]")
                for group in named
                if _cloned(outlines, group)
                for number, at in group
            ),
            rows,
        ),
        phrases=Rate(
            "套话指标值",
            "指标值只是文字，且同一年度另有项目用同样的文字",
            tuple(
                (number, f"indicators[{at}].annual")
                for group in worded
                if len({number for number, _ in group}) > 1
                for number, at in group
            ),
            words,
        ),
    )


def _gathered(
    outlines: Sequence[Outline], key: Callable[[OutlineLine], str]
) -> tuple[list[list[tuple[int, int]]], int]:
    """Project and indicator of the lines with the same key in one year, and how many lines there are."""
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    count = 0
    for number, outline in enumerate(outlines):
        for line in outline.lines:
            count += 1
            if outline.year is not None and (words := key(line)):
                found.setdefault((outline.year, words), []).append((number, line.number))
    return list(found.values()), count


def _words(line: OutlineLine) -> str:
    return plain(line.said) if understand(line.said).kind == "words" else ""


def _cloned(outlines: Sequence[Outline], group: Sequence[tuple[int, int]]) -> bool:
    numbers = {number for number, _ in group}
    kinds = [kind(outlines[n].name, outlines[n].project_type) for n in sorted(numbers)]
    return len(numbers) >= SEVERAL and all(strange(kinds))
