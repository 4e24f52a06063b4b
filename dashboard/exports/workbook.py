"""The whole portfolio as an .xlsx to go on working with: real numbers, filters, print set-up."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from dashboard.exports.ruled import COUNT, MONEY, RuledSheet, fill
from dashboard.slides import cover
from dashboard.snapshot.snapshot import Row, Snapshot
from dashboard.wording.formatting import is_known
from dashboard.wording.left_out import describe_totals
from dashboard.wording.partial import beside
from dashboard.wording.terms import ADVICE, DUE, MEANINGS, PROBLEM, standing
from parsing import BOOK, SLOTS
from parsing.partial import said, unpacked

REVIEW = (  # title, width and field of the numbers of a review
    (PROBLEM.title, 7.0, "problems"),
    ("高", 5.0, "high"),
    ("中", 5.0, "middle"),
    (ADVICE.title, 7.0, "advice"),
    ("低", 5.0, "low"),
    ("提示", 6.0, "hint"),
)


def workbook(snapshot: Snapshot) -> bytes:
    """Sheets 说明 (whose it all is), 项目, 指标 (of the projects with most money), 覆盖, 审核意见; money in
    万元 as numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for made in (
        _about(snapshot),
        *(make(snapshot) for make in (_projects, _indicators, _coverage, _findings)),
    ):
        title = f"{snapshot.title}　{made.title}"
        fill(book.create_sheet(made.title), made, title, _above(snapshot, made.title), snapshot.caption.line)
    book.properties.title = snapshot.title
    book.properties.creator = ""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(snapshot: Snapshot) -> RuledSheet:
    columns = [("内容", 16.0, None), ("说明", 80.0, None)]
    return RuledSheet("说明", columns, [*cover.items(snapshot), ("用语", MEANINGS)])


def _projects(snapshot: Snapshot) -> RuledSheet:
    columns = [
        ("项目", 28.0, None),
        ("用款单位", 16.0, None),
        ("年度", 7.0, COUNT),
        ("预算（万元）", 14.0, MONEY),
    ]
    columns += [(slot, 7.5, COUNT) for slot in SLOTS]
    columns += [("结果", 10.0, None), *((title, wide, COUNT) for title, wide, _ in REVIEW)]
    columns += [("决定", 12.0, None), ("条件", 28.0, None), ("决定人", 10.0, None)]
    columns += [("没有读全的原因", 24.0, None)]
    found = {row["key"]: row for row in snapshot.quadrant}
    rows = (
        (
            *(row["name"], row["unit"], row["year"], _wan(row["budget_fen"])),
            *(_state(row, k) for k in range(1, len(SLOTS) + 1)),
            standing(figures["high"], figures["problems"]),
            *(figures[name] for *_, name in REVIEW),
            *_decided(snapshot, row["key"]),
            said(unpacked(row["partial"])),
        )
        for row, figures in ((row, found[row["key"]]) for row in snapshot.matrix)
    )
    return RuledSheet("项目", columns, rows, _sums(snapshot, len(columns)))


def _decided(snapshot: Snapshot, key: str) -> tuple[str, str, str]:
    held = snapshot.verdicts.get(key)
    if held is None:
        return "", "", ""
    terms = "\n".join(f"{n}. {condition.text}" for n, condition in enumerate(held.conditions, 1))
    return held.verdict, terms, held.who


def _sums(snapshot: Snapshot, across: int) -> list[list[Any]]:
    """What is left out, and the whole: its money and its findings."""
    rows, tally = [], snapshot.tally
    if rest := snapshot.money[len(snapshot.matrix) :]:
        fen = sum(row["budget_fen"] or 0 for row in rest)
        rows.append([f"其余 {len(rest):,} 个项目", "", None, _wan(fen)])
    found = [DUE.said(tally), *(tally[name] for *_, name in REVIEW)]
    whole = [f"合计 {snapshot.facts.projects:,} 个项目", "", None, _wan(snapshot.facts.budget_fen)]
    rows.append([*whole, *("" for _ in SLOTS), *found])
    marked = [[*row, *[""] * (across - len(row))] for row in rows]
    marked[-1][-1] = beside(snapshot.facts.partial)
    return marked


def _indicators(snapshot: Snapshot) -> RuledSheet:
    texts = ("一级指标", "二级指标", "类别", "三级指标", "实施周期指标值", "当年度指标值", "位置")
    widths = (12.0, 15.0, 11.0, 28.0, 14.0, 14.0, 36.0)
    columns = [("项目", 28.0, None), *((text, wide, None) for text, wide in zip(texts, widths, strict=True))]
    rows = (
        (
            case.project.title,
            indicator.level1,
            indicator.level2,
            indicator.slot,
            indicator.name,
            indicator.period,
            indicator.annual,
            str(indicator.place),
        )
        for case in snapshot.cases
        for indicator in case.project.indicators
    )
    return RuledSheet("指标", columns, rows)


def _coverage(snapshot: Snapshot) -> RuledSheet:
    columns = [
        ("类别", 14.0, None),
        ("状态", 12.0, None),
        ("项目数", 10.0, "#,##0"),
        ("占项目", 10.0, "0.0%"),
    ]
    columns += [("预算（万元）", 16.0, MONEY), ("占预算", 10.0, "0.0%")]
    kinds = (
        ("filled", "已填"),
        ("projects", "空缺"),
        ("required", "其中必填"),
        ("inapplicable", "不适用"),
        ("unread", "读不出"),
    )
    projects, money = snapshot.facts.projects, snapshot.facts.budget_fen
    rows = []
    for row in snapshot.lacks:
        for field, title in kinds:
            fen = row["budget_fen" if field == "projects" else f"{field}_fen"]
            shares = row[field] / projects if projects else None, fen / money if money else None
            rows.append((row["slot"], title, row[field], shares[0], _wan(fen), shares[1]))
    return RuledSheet("覆盖", columns, rows)


def _findings(snapshot: Snapshot) -> RuledSheet:
    columns = [
        ("程度", 7.0, None),
        ("项目", 26.0, None),
        ("用款单位", 16.0, None),
        ("预算（万元）", 14.0, MONEY),
    ]
    columns += [("规则", 7.0, None), ("审核意见", 18.0, None), ("原文", 18.0, None), ("说明", 36.0, None)]
    columns += [("建议", 36.0, None), ("位置", 24.0, None)]
    rows = (
        (
            *(row["severity"], row["name"], row["unit"], _wan(row["budget_fen"]), row["rule"]),
            *(BOOK[row["rule"]].title, row["quote"], row["message"], row["advice"], row["place"]),
        )
        for row in snapshot.findings
    )
    return RuledSheet("审核意见", columns, rows)


def _above(snapshot: Snapshot, title: str) -> str:
    said = f"{snapshot.caption.line}　内容校验 {snapshot.mark}"
    listed = {"项目": len(snapshot.matrix), "指标": len(snapshot.cases)}.get(title, snapshot.facts.projects)
    if more := snapshot.facts.projects - listed:
        said += f"　只列预算最大的 {listed:,} 个项目，另有 {more:,} 个"
    if left := describe_totals(snapshot.whole):
        said += f"　另有 {left}"
    return said


def _state(row: Row, k: int) -> int | str:
    if row[f"s{k}"]:
        return int(row[f"s{k}"])
    if row[f"a{k}"]:
        return "不适用"
    return "？" if row[f"u{k}"] else "✕ 必填" if row[f"r{k}"] == 2 else "✕ 缺"


def _wan(fen: int | None) -> float | None:
    return int(fen) / 1_000_000 if fen is not None and is_known(fen) else None
