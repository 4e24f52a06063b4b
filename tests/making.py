"""Small projects for the cases of rules, from the few words that a case names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parsing.grid import Place
from parsing.model import SLOTS, Empty, Indicator, Project, Repair

LEVEL1 = (
    dict.fromkeys(SLOTS[:4], "产出指标") | dict.fromkeys(SLOTS[4:8], "效益指标") | {"满意度": "满意度指标"}
)
HEAD = {
    "name": "办公设备购置",
    "form": "guangdong",
    "department": "东坑镇政务局",
    "unit": "东坑镇政务服务中心",
    "project_type": "其他特定目标类（部门职能类）",
    "level": "二级项目",
    "start": "2024",
    "end": "2026",
    "year": 2024,
    "budget_yuan": 100000,
    "period_goal": "三年内改善办公条件。",
    "annual_goal": "年内改善办公条件。",
}


def project(case: dict[str, Any]) -> Project:
    """``case``: head fields over those of HEAD (null: not filled), ``indicators``: lists of slot, name,
    period, annual and, if need be, a dict of further fields; ``empty``: slots printed and not filled;
    ``blanks``: head fields printed and not filled; ``printed``: head field → text of its cell, where that
    differs from the value; ``repairs``: fields of repairs, ``confidence`` 0.9 unless told."""
    given = dict(case)
    indicators = [_indicator(row, *one) for row, one in enumerate(given.pop("indicators", ()), 10)]
    empty = [
        Empty(level1=LEVEL1[slot], level2=f"{slot}指标", slot=slot, place=_place(40 + n, 2))
        for n, slot in enumerate(given.pop("empty", ()))
    ]
    blanks = {field: _place(n, 1) for n, field in enumerate(given.pop("blanks", ()), 30)}
    printed = {field: (n, text) for n, (field, text) in enumerate(given.pop("printed", {}).items(), 20)}
    repairs = [_repair(row, one) for row, one in enumerate(given.pop("repairs", ()), 50)]
    head = HEAD | dict.fromkeys(blanks) | given
    for field in ("budget_yuan", "total_yuan"):
        if head.get(field) is not None:
            head[field] = Decimal(str(head[field]))
    for field in ("sources", "total_sources"):
        head[field] = {label: Decimal(str(amount)) for label, amount in head.get(field, {}).items()}
    places = {field: _place(n, 2) for n, (field, value) in enumerate(head.items(), 1) if value is not None}
    places |= {field: _place(row, 2) for field, (row, _) in printed.items()}
    return Project(
        **{"places": places, **head},
        indicators=tuple(indicators),
        empty=tuple(empty),
        blanks=blanks,
        excerpt=tuple((row, 2, 1, 1, text) for row, text in printed.values()),
        repairs=tuple(repairs),
    )


def _repair(row: int, fields: dict[str, Any]) -> Repair:
    given = {"code": "shift", "reason": "这一行的单元格错位", "confidence": 0.9, "path": "", "after": {}}
    given |= {"place": _place(row, 1), **fields}
    return Repair(**{**given, "before": tuple(fields.get("before", ()))})


def _indicator(
    row: int, slot: str | None, name: str, period: str, annual: str, more: Any = None
) -> Indicator:
    fields = {"name": name, "period": period, "annual": annual}
    further = dict(more or {})
    if "places" in further:
        further["places"] = {field: Place(*one) for field, one in further["places"].items()}
    return Indicator(
        **{
            "level1": LEVEL1.get(slot or "", "产出指标"),
            "level2": f"{slot}指标" if slot else "其他指标",
            "slot": slot,
            "name": name,
            "period": period,
            "annual": annual,
            "places": {field: _place(row, n) for n, (field, text) in enumerate(fields.items(), 3) if text},
            **further,
        }
    )


def _place(row: int, column: int) -> Place:
    return Place("案例.xlsx", "表1", row, column, f"{'ABCDEFGH'[column - 1]}{row}")
