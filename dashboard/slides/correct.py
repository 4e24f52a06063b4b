"""What to correct first: the rules that found something, by severity and by money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard.slides.measure import fit, height, room
from dashboard.slides.slide import Slide, joined, of_many, source, table
from dashboard.snapshot.snapshot import Row, Snapshot
from dashboard.store import RANK_SEVERITIES
from dashboard.wording.formatting import Scale, choose_scale
from dashboard.wording.partial import beside
from dashboard.wording.terms import CLEAN, PROBLEM

MOST = 20
SIZES = (3.4, 3.1, 2.8)
LABEL = 79.0  # width of a rule's title
LEAST = 5.6  # height of a row
HEAD = 4.2
HEADS = ("程度", "要改什么", PROBLEM.title, "项目（个）")


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    rows, title = first(snapshot), conclusion(snapshot)
    below, unit = f"按严重程度和涉及金额排列；审核标准：{snapshot.standard.title}", scale(rows)
    if not rows:
        yield Slide("correct", title, below, "")
        return
    size, groups = fit(rows, _high, SIZES, room(title, below, taken=HEAD))
    head = "".join(f"<h3>{one}</h3>" for one in (*HEADS, f"涉及预算（{unit.unit}）"))
    for number, group in enumerate(groups, 1):
        inner = head + "".join(_row(row, snapshot, unit) for row in group)
        yield Slide(
            "correct",
            of_many(title, number, len(groups)),
            below,
            table("rules", size, len(group), inner),
            notes=joined(f"{named(row)} {row['findings']:,} 条" for row in group),
        )


def first(snapshot: Snapshot) -> list[Row]:
    """The rules that found problems."""
    return list(snapshot.rules[:MOST])


def conclusion(snapshot: Snapshot) -> str:
    rows = first(snapshot)
    if rows:
        return "先改这几件：" + "、".join(row["title"] for row in rows[:2])
    partial = snapshot.facts.partial
    return f"{CLEAN}，{beside(partial)}" if partial else CLEAN


def named(row: Row) -> str:
    """Its title, and how many of its problems are 高, where not all are."""
    some = 0 < row["high"] < row["findings"]
    return f"{row['title']}（其中高 {row['high']:,} 条）" if some else row["title"]


def scale(rows: Sequence[Row]) -> Scale:
    return choose_scale(*(row["budget_fen"] for row in rows))


def _high(row: Row, size: float) -> float:
    return max(LEAST, height(named(row), size, LABEL)) + 1


def _row(row: Row, snapshot: Snapshot, unit: Scale) -> str:
    found = [(case, one.path) for case in snapshot.cases for one in case.problems if one.rule == row["rule"]]
    budgets = [(case, "budget_yuan") for case in snapshot.cases if any(case is one for one, _ in found)]
    part = row["budget_fen"] / snapshot.facts.budget_fen if snapshot.facts.budget_fen else 0
    return (
        f'<b class="rank r{row["rank"]}">{RANK_SEVERITIES[row["rank"]]}</b>'
        f'<p class="label">{escape(named(row))}</p>'
        f'<p class="n"><b{source(*found)}>{row["findings"]:,}</b></p><p class="n">{row["projects"]:,}</p>'
        f'<div class="run"><i class="bar" style="--part:{part:.4f}"></i>'
        f"<b{source(*budgets)}>{unit.text(row['budget_fen'])}</b></div>"
    )
