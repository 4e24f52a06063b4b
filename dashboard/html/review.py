"""What the rules found as HTML: the ranked rules, and the list of findings.

What a click says: ``rule:CODE``, ``go:KEY:PATH``, ``aside:KEY:IDENT``, ``undo:ACTION``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import theme
from dashboard.wording.formatting import (
    UNKNOWN,
    Unit,
    clip,
    format_money,
    format_share,
    format_time,
    is_known,
)
from parsing import BOOK

Row = Mapping[str, Any]


def severity_mark(severity: str) -> str:
    """A severity by shape and word, where there is no HTML: ``■ 高``."""
    return f"{theme.SEVERITIES[severity][0]} {severity}"


def badge(severity: str) -> str:
    """A severity by word, shape and colour."""
    shape, _, color = theme.SEVERITIES[severity]
    return f'<span class="severity" style="color:{color}"><i>{shape}</i>{severity}</span>'


def rules(
    rows: Sequence[Row],
    severities: Mapping[int, str],
    by_money: bool,
    unit: Unit,
    total_fen: int,
    chosen: str | None,
) -> str:
    """A bar for each rule that found something, in the order given: its severity, title, and findings or
    the money of the projects they touch. ``rows`` as of ``queries.review.rules``; ``severities``: rank →
    word."""
    field = "budget_fen" if by_money else "findings"
    longest = max((int(row[field]) for row in rows), default=0) or 1
    lines = []
    for row in rows:
        severity = severities[row["rank"]]
        said = f"{row['findings']:,} 条　<span>{row['projects']:,} 个项目</span>"
        if by_money:
            fen = int(row["budget_fen"])
            said = f"{format_money(fen, unit)}　<span>{format_share(fen, total_fen)}</span>"
        title = BOOK[row["rule"]].title if row["rule"] in BOOK else row["rule"]
        pressed = "true" if row["rule"] == chosen else "false"
        lines.append(
            f'<li role="button" aria-pressed="{pressed}" data-value="rule:{escape(row["rule"])}">'
            f"<p>{badge(severity)}<b>{escape(title)}</b></p>"
            f'<p class="end">{said}</p>'
            f'<div style="width:{100 * int(row[field]) / longest:.1f}%;'
            f'background:{theme.SEVERITIES[severity][2]}"></div></li>'
        )
    return f'<ol class="rules">{"".join(lines)}</ol>'


def findings(
    rows: Sequence[Row], unit: Unit, made: Mapping[int, str] | None = None, advice: bool = True
) -> str:
    """A line a finding: severity, project, what was found with the words it is about, where, what to do; a
    way to set it aside, or who did and why.
    The unit is told where there are several. ``made``: action → when; ``advice``: say what to do."""
    units = len({row["unit"] for row in rows}) > 1
    lines = (_finding(row, unit, made or {}, advice, units) for row in rows)
    return f'<table class="list findings"><tbody>{"".join(lines)}</tbody></table>'


def _finding(row: Row, unit: Unit, made: Mapping[int, str], advice: bool, units: bool) -> str:
    fen = int(row["budget_fen"]) if is_known(row["budget_fen"]) else None
    money = UNKNOWN if fen is None else f"{format_money(fen, unit)} {unit}"
    key, way = escape(row["key"]), "搁置"
    told = f"<p><b>{escape(row['title'])}</b>　{quoted(row['message'], row['quote'])}</p>"
    if row["equation"] and row["equation"] not in row["message"]:
        told += f"<p>{escape(row['equation'])}</p>"
    if advice:
        told += f'<p class="quiet">{escape(row["advice"])}</p>'
    told += f'<p class="quiet">{escape(row["place"])}</p>'
    whose = f'<p class="quiet">{escape(row["unit"] or UNKNOWN)}</p>' if units else ""
    value = f"aside:{key}:{escape(row['ident'])}"
    if row["aside"]:
        when = f"，{format_time(made[row['action']])}" if row["action"] in made else ""
        told += f'<p class="aside">已搁置：{escape(row["reason"])}（{escape(row["who"])}{when}）</p>'
        value, way = f"undo:{row['action']}", "撤销"
    return (
        f'<tr data-value="go:{key}:{escape(row["path"])}"><td>{badge(row["severity"])}</td>'
        f"<td><b>{escape(row['name'])}</b><p>{money}</p>{whose}</td>"
        f'<td>{told}</td><td><a role="button" data-value="{value}">{way}</a></td></tr>'
    )


def quoted(message: str, quote: str) -> str:
    """The message with the words it is about marked; they are added where it does not say them."""
    text, mark = escape(message), escape(quote)
    if not mark:
        return text
    if mark in text:
        return text.replace(mark, f"<mark>{mark}</mark>", 1)
    return f"{text}原文：“<mark>{escape(clip(quote, 80))}</mark>”"
