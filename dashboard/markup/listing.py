"""Lists of projects and of versions as HTML; a row's ``data-value`` is what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import look
from dashboard.markup.upload import SAMPLE, moment
from parsing import SLOTS

Row = Mapping[Any, Any]


def projects(rows: Sequence[Row], whole_fen: int) -> str:
    """A line a project: name, unit, year, money and its share of ``whole_fen``, indicators, what lacks."""
    head = "".join(
        f'<th class="{"n" if number else ""}">{name}</th>'
        for name, number in (
            ("项目", False),
            ("用款单位", False),
            ("年度", False),
            ("当年预算（万元）", True),
            ("占比", True),
            ("指标", True),
            ("空缺类别", False),
            ("修复", True),
        )
    )
    body = "".join(_project(row, whole_fen) for row in rows)
    return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _project(row: Row, whole_fen: int) -> str:
    lacking = "、".join(slot for k, slot in enumerate(SLOTS, 1) if not row[f"s{k}"])
    sample = f" {SAMPLE}" if row["sample"] else ""
    fen = int(row["budget_fen"]) if look.known(row["budget_fen"]) else None
    doubt = f"（{row['doubtful']} 待核对）" if row["doubtful"] else ""
    year = int(row["year"]) if look.known(row["year"]) else "未注明"
    return (
        f'<tr data-value="{escape(str(row["key"]))}"><td><b>{escape(row["name"])}</b>{sample}</td>'
        f"<td>{escape(row['unit'] or look.UNKNOWN)}</td><td>{year}</td>"
        f'<td class="n"><b>{look.wan(fen)}</b></td><td class="n">{look.share(fen, whole_fen)}</td>'
        f'<td class="n">{row["indicators"]}</td>'
        f'<td class="gaps">{"✕ " + lacking if lacking else ""}</td>'
        f'<td class="n">{row["repairs"] or ""}{doubt}</td></tr>'
    )


def versions(rows: Sequence[Row], shown: str | None) -> str:
    """A line a version of one project, newest first; the one that counts and the one shown are marked.
    Decisions about repairs that others followed are left out."""
    lines = []
    for number, row in enumerate(rows):
        state = "现行" if row["current"] else "已被取代"
        here = str(row["version_id"]) == shown or (shown is None and row["current"])
        mark = "　◀ 正在看" if here else ""
        if row["decided"] and not (row["current"] or here):
            continue
        lines.append(
            f'<tr data-value="{row["version_id"]}"><td><b>第 {len(rows) - number} 版</b>　{state}{mark}</td>'
            f"<td>{escape(row['file'])}</td>"
            f"<td>{moment(row['made'])} {'核对修复' if row['decided'] else '导入'}　{escape(row['who'])}</td>"
            f'<td class="n">{look.wan(row["budget_fen"])} 万元</td>'
            f'<td class="n">{row["indicators"]} 条指标</td></tr>'
        )
    return f'<table class="list">{"".join(lines)}</table>'
