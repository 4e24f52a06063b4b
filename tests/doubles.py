"""Files in which a project stands more than once, and what is right: how many projects count, how much they
are in 万元, and why each of the other tables does not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import openpyxl
from halves_read import REASONS, WHOLE

HOSTILE = Path(__file__).parent / "cases" / "hostile"


class Sheet(NamedTuple):
    name: str = "甲项目"
    wan: int = 10
    unit: str | None = "第一中学"
    year: int | None = 2024
    level: str | None = None
    hidden: bool = False
    target: str = "100件"


class Case(NamedTuple):
    files: dict[str, bytes]
    projects: int
    wan: int
    reasons: tuple[str, ...] = ()


def rows(sheet: Sheet) -> list[tuple[str | int | None, ...]]:
    year = f"{sheet.year}年" if sheet.year else "年度"
    head = [
        ("项目名称", sheet.name),
        ("用款单位", sheet.unit),
        ("主管部门", "教育局"),
        ("项目等级", sheet.level),
    ]
    return [
        ("项目绩效目标表",),
        *(row for row in head if row[1]),
        (f"{year}预算金额（元）", sheet.wan * 10_000),
        ("年度目标", f"年内完成{sheet.name}。"),
        ("一级指标", "二级指标", "三级指标", "实施周期指标值", "当年度指标值"),
        ("产出指标", "数量指标", "办理数量", sheet.target, sheet.target),
        (None, "质量指标", "验收合格率", "≥95%", "≥95%"),
        ("满意度指标", "服务对象满意度指标", "师生满意度", "≥90%", "≥90%"),
    ]


def book(*sheets: Sheet) -> bytes:
    """A workbook; where all sheets are hidden, with a visible one that says nothing of projects."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, sheet in enumerate(sheets, 1):
        page = made.create_sheet(f"表{number}")
        for row in rows(sheet):
            page.append(row)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    if all(sheet.hidden for sheet in sheets):
        made.create_sheet("说明").append(["说明"])
        made.active = len(sheets)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def files(*books: tuple[Sheet, ...]) -> dict[str, bytes]:
    return {f"{number}.xlsx": book(*sheets) for number, sheets in enumerate(books, 1)}


A, B = Sheet(), Sheet("乙项目", 20)
MORE, AGAIN = A._replace(wan=30), A._replace(wan=40)
NOBODY, NOBODY_ELSE = A._replace(unit=None), A._replace(unit=None, wan=30)
UNSEEN = A._replace(wan=70, hidden=True)
TOTAL, ITEM = Sheet("总项目", 100, level="一级项目"), Sheet("分项目", 60, level="二级项目")

IN_PART = {"1.txt": WHOLE.encode(), "2.txt": REASONS["cut"].encode()}
CASES = {
    "the file that was sent in": Case(
        {"same_project_twice.xlsx": (HOSTILE / "same_project_twice.xlsx").read_bytes()}, 2, 50, ("conflict",)
    ),
    "once more further down": Case(files((A, B, MORE)), 2, 50, ("conflict",)),
    "the other way round": Case(files((MORE, B, A)), 2, 30, ("conflict",)),
    "three times": Case(files((A, MORE, B, AGAIN)), 2, 60, ("conflict", "conflict")),
    "in a later file": Case(files((A, B), (MORE,)), 2, 50, ("replaced",)),
    "in three files": Case(files((A,), (MORE,), (B, AGAIN)), 2, 60, ("replaced", "replaced")),
    "a copied sheet": Case(files((A, B, A)), 2, 30, ("identical",)),
    "a copied file": Case(files((A, B), (A, B)), 2, 30, ("identical", "identical")),
    "copied twice": Case(files((A,), (A,), (A,)), 1, 10, ("identical", "identical")),
    "copied, then changed": Case(files((A,), (A,), (MORE,)), 1, 30, ("replaced", "replaced")),
    "a hidden one below": Case(files((A, B, UNSEEN)), 2, 30, ("hidden",)),
    "a hidden one above": Case(files((UNSEEN, A, B)), 2, 30, ("hidden",)),
    "a hidden one in a later file": Case(files((A, B), (UNSEEN,)), 2, 30, ("hidden",)),
    "a hidden one in an earlier file": Case(files((UNSEEN,), (A, B)), 2, 30, ("hidden",)),
    "a hidden one alone": Case(files((UNSEEN, B)), 2, 90),
    "a hidden copy": Case(files((A, A._replace(hidden=True))), 1, 10, ("identical",)),
    "another year": Case(files((A, A._replace(year=2025))), 2, 20),
    "another unit": Case(files((A, A._replace(unit="第二中学"))), 2, 20),
    "a unit with its code": Case(
        files((A,), (MORE._replace(unit="[015001]第一中学"),)), 1, 30, ("replaced",)
    ),
    "a name with its code": Case(files((A,), (MORE._replace(name="440121-甲 项目"),)), 1, 30, ("replaced",)),
    "no unit, in two files": Case(files((NOBODY,), (NOBODY_ELSE,)), 2, 40),
    "no unit and no year": Case(
        files((NOBODY._replace(year=None),), (NOBODY_ELSE._replace(year=None),)), 2, 40
    ),
    "no unit, a copied file": Case(files((NOBODY,), (NOBODY,)), 1, 10, ("identical",)),
    "no year": Case(files((A._replace(year=None),), (MORE._replace(year=None),)), 1, 30, ("replaced",)),
    "read in part later": Case(IN_PART, 1, 60, ("partial",)),
    "read in part before": Case(dict(reversed(IN_PART.items())), 1, 60, ("partial",)),
    "two levels": Case(files((TOTAL, ITEM)), 1, 60, ("programme",)),
    "two levels, an item twice": Case(
        files((TOTAL, ITEM), (ITEM._replace(wan=70),)), 1, 70, ("programme", "replaced")
    ),
    "two levels, the programme twice": Case(
        files((TOTAL,), (ITEM,), (TOTAL._replace(wan=200),)), 1, 60, ("programme", "replaced")
    ),
    "an item that is none any more": Case(
        files((TOTAL, ITEM), (ITEM._replace(level=None),)), 2, 160, ("replaced",)
    ),
}
