"""The whole portfolio as an .xlsx to go on working with: real numbers, filters, print set-up."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dashboard import look
from dashboard.dossier import Dossier, Row
from dashboard.exports.sheet import BOLD, BOX, CENTRE, LEFT, SHADE, TITLE, paper, put
from parsing import BOOK, SLOTS

MONEY = "#,##0.00"
STATES = ("项目数", "占项目", "预算（万元）", "占预算")
Sheet = tuple[str, Sequence[tuple[str, float, str | None]], Iterable[Sequence[Any]]]


def workbook(dossier: Dossier) -> bytes:
    """Sheets 项目, 指标 (of the projects with pages of their own), 覆盖, 问题; money in 万元 as numbers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns, rows in (
        _projects(dossier),
        _indicators(dossier),
        _coverage(dossier),
        _findings(dossier),
    ):
        _fill(book.create_sheet(title), dossier, columns, rows)
    book.properties.title = dossier.title
    book.properties.creator = ""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _projects(dossier: Dossier) -> Sheet:
    columns = [
        ("项目", 34.0, None),
        ("用款单位", 26.0, None),
        ("年度", 8.0, "0"),
        ("预算（万元）", 14.0, MONEY),
    ]
    columns += [(slot, 9.0, None) for slot in SLOTS]
    columns += [("高", 6.0, "0"), ("中", 6.0, "0"), ("低", 6.0, "0"), ("决定", 12.0, None)]
    rows = (
        (
            *(row["name"], row["unit"], row["year"], _wan(row["budget_fen"])),
            *(_state(row, k) for k in range(1, len(SLOTS) + 1)),
            *(figures[name] for name in ("high", "middle", "low")),
            held.verdict if (held := dossier.verdicts.get(row["key"])) else "",
        )
        for row, figures in ((case.matrix, case.figures) for case in dossier.cases)
    )
    return "项目", columns, rows


def _indicators(dossier: Dossier) -> Sheet:
    texts = ("一级指标", "二级指标", "类别", "三级指标", "实施周期指标值", "当年度指标值", "位置")
    columns = [("项目", 30.0, None), *((text, 18.0, None) for text in texts)]
    rows = (
        (
            case.project.name,
            one.level1,
            one.level2,
            one.slot,
            one.name,
            one.period,
            one.annual,
            str(one.place),
        )
        for case in dossier.cases
        for one in case.project.indicators
    )
    return "指标", columns, rows


def _coverage(dossier: Dossier) -> Sheet:
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
    projects, money = dossier.facts.projects, dossier.facts.budget_fen
    rows = []
    for row in dossier.lacks:
        for field, title in kinds:
            fen = row["budget_fen" if field == "projects" else f"{field}_fen"]
            shares = row[field] / projects if projects else None, fen / money if money else None
            rows.append((row["slot"], title, row[field], shares[0], _wan(fen), shares[1]))
    return "覆盖", columns, rows


def _findings(dossier: Dossier) -> Sheet:
    columns = [
        ("程度", 7.0, None),
        ("项目", 30.0, None),
        ("用款单位", 24.0, None),
        ("预算（万元）", 14.0, MONEY),
    ]
    columns += [("规则", 8.0, None), ("问题", 24.0, None), ("原文", 20.0, None), ("说明", 50.0, None)]
    columns += [("建议", 40.0, None), ("位置", 30.0, None)]
    rows = (
        (
            *(row["severity"], row["name"], row["unit"], _wan(row["budget_fen"]), row["rule"]),
            *(BOOK[row["rule"]].title, row["quote"], row["message"], row["advice"], row["place"]),
        )
        for row in dossier.findings
    )
    return "问题", columns, rows


def _fill(
    sheet: Worksheet,
    dossier: Dossier,
    columns: Sequence[tuple[str, float, str | None]],
    rows: Iterable[Sequence[Any]],
) -> None:
    put(sheet.cell(1, 1), f"{dossier.title}　{sheet.title}")
    sheet.cell(1, 1).font = TITLE
    put(sheet.cell(2, 1), f"{dossier.made.isoformat()}　{dossier.standard.title}　内容校验 {dossier.mark}")
    for at, (title, width, _) in enumerate(columns, 1):
        cell = sheet.cell(3, at)
        put(cell, title)
        cell.font, cell.fill, cell.border, cell.alignment = BOLD, SHADE, BOX, CENTRE
        sheet.column_dimensions[get_column_letter(at)].width = width
    last = 3
    for last, row in enumerate(rows, 4):
        for at, (value, (_, _, shown)) in enumerate(zip(row, columns, strict=True), 1):
            cell = sheet.cell(last, at)
            put(cell, value, shown if not isinstance(value, str) else None)
            cell.border, cell.alignment = BOX, CENTRE if isinstance(value, int | float) else LEFT
    sheet.freeze_panes = "B4"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(columns))}{max(last, 3)}"
    paper(sheet, landscape=True, repeat="1:3")


def _state(row: Row, k: int) -> int | str:
    if row[f"s{k}"]:
        return int(row[f"s{k}"])
    if row[f"a{k}"]:
        return "不适用"
    return "？" if row[f"u{k}"] else "✕ 必填" if row[f"r{k}"] == 2 else "✕ 缺"


def _wan(fen: int | None) -> float | None:
    return int(fen) / 1_000_000 if fen is not None and look.known(fen) else None
