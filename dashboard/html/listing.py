"""Lists of projects and of versions as HTML; a row's ``data-value`` is what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.html.partial import mark
from dashboard.html.upload import SAMPLE, TWICE
from dashboard.wording.formatting import (
    UNKNOWN,
    Unit,
    format_money,
    format_share,
    format_time,
    format_wan,
    is_known,
)
from dashboard.wording.terms import PROBLEM, standing
from parsing import SLOTS

Row = Mapping[Any, Any]


def projects(rows: Sequence[Row], whole_fen: int, unit: Unit = "万元", by_money: bool = True) -> str:
    """A line a project: name, unit, year, money and its share of ``whole_fen`` (or, not by money, of what is
    problems in all of these), indicators, what lacks, what was found; of what is in no sum no share.
    ``rows``: those of ``queries.projects.listed``."""
    problems = sum(int(row["problems"]) for row in rows if not row["doubled"])
    head = "".join(
        f'<th class="{"n" if number else ""}">{name}</th>'
        for name, number in (
            ("项目", False),
            ("用款单位", False),
            ("年度", False),
            (f"当年预算（{unit}）", True),
            ("占预算" if by_money else "占问题", True),
            ("指标", True),
            ("空缺类别", False),
            (PROBLEM.title, True),
            ("修复", True),
        )
    )
    body = "".join(_project(row, whole_fen if by_money else problems, unit, by_money) for row in rows)
    return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def gaps(row: Row) -> tuple[list[str], list[str], list[str]]:
    """The empty categories of a project that are gaps, by how the standard asks for them: not at all, as an
    advice, as a must. Those not applicable or unread are none."""
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for k, slot in enumerate(SLOTS, 1):
        if not any(row[f"{of}{k}"] for of in "sau"):
            found[row[f"r{k}"]].append(slot)
    return found


def _project(row: Row, whole: int, unit: Unit, by_money: bool) -> str:
    free, advised, required = ("、".join(slots) for slots in gaps(row))
    rest = "、".join(filter(None, (advised, free)))
    lacking = (f"<b>✕ 必填　{required}</b>" if required else "") + (
        f'<span class="free">✕ {rest}</span>' if rest else ""
    )
    marks = (f" {SAMPLE}" if row["sample"] else "") + (f" {TWICE}" if row["doubled"] else "")
    marks += mark(row["partial"])
    fen = int(row["budget_fen"]) if is_known(row["budget_fen"]) else None
    part = None if row["doubled"] else fen if by_money else int(row["problems"])
    doubt = f"（{row['doubtful']} 待核对）" if row["doubtful"] else ""
    year = int(row["year"]) if is_known(row["year"]) else "未注明"
    state = standing(row["high"], row["problems"])
    return (
        f'<tr data-value="{escape(str(row["key"]))}"><td><b>{escape(row["name"])}</b>{marks}</td>'
        f"<td>{escape(row['unit'] or UNKNOWN)}</td><td>{year}</td>"
        f'<td class="n"><b>{format_money(fen, unit)}</b></td>'
        f'<td class="n">{format_share(part, whole)}</td>'
        f'<td class="n">{row["indicators"]}</td><td class="gaps">{lacking}</td>'
        f'<td class="n"><b>{row["problems"] or ""}</b><p>{state}</p></td>'
        f'<td class="n">{row["repairs"] or ""}{doubt}</td></tr>'
    )


def versions(rows: Sequence[Row], shown: int | None) -> str:
    """A line a version of one project, newest first; the one that counts and the one shown are marked.
    Decisions about repairs that others followed are left out."""
    lines = []
    for number, row in enumerate(rows):
        state = "现行" if row["current"] else "已被取代"
        here = row["version_id"] == shown or (shown is None and row["current"])
        mark = "　◀ 正在看" if here else ""
        how = "核对修复" if row["decided"] else "导入"
        if row["decided"] and not (row["current"] or here):
            continue
        lines.append(
            f'<tr data-value="{row["version_id"]}"><td><b>第 {len(rows) - number} 版</b>　{state}{mark}</td>'
            f"<td>{escape(row['file'])}</td>"
            f"<td>{format_time(row['made'])} {how}　{escape(row['who'])}</td>"
            f'<td class="n">{format_wan(row["budget_fen"])} 万元</td>'
            f'<td class="n">{row["indicators"]} 条指标</td></tr>'
        )
    return f'<table class="list">{"".join(lines)}</table>'
