"""What became of the points that a table was given back for, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.points import STATUSES, Became

MOST = 200  # points of one project
SIGNS = {"已改": "✓", "未改": "✕", "新增": "＋"}
CLASSES = {"已改": "mended", "未改": "same", "新增": "new"}


def project(name: str, became: Sequence[Became], value: str) -> str:
    """One project: how many of each, then a line for each point, those still to be seen to first. ``value``:
    what a click says, before the point's path."""
    counts = "".join(
        f'<b class="{CLASSES[word]}">{SIGNS[word]} {word} {sum(one.status == word for one in became)}</b>'
        for word in STATUSES
    )
    order = ("未改", "新增", "已改")
    ranked = sorted(became, key=lambda one: order.index(one.status))
    lines = "".join(_line(one, value) for one in ranked[:MOST])
    rest = len(ranked) - MOST
    more = f"<li>另有 {rest} 处</li>" if rest > 0 else ""
    return (
        f'<section class="became"><h4>{escape(name)}<span>{counts}</span></h4>'
        f"<ul>{lines}{more}</ul></section>"
    )


def _line(one: Became, value: str) -> str:
    where = escape(one.point.about if one.point.path.startswith("indicators") else one.point.cell)
    return (
        f'<li class="{CLASSES[one.status]}" role="button" data-value="{escape(value)}{escape(one.path)}">'
        f"<b>{SIGNS[one.status]} {one.status}</b><span>{where}　{_said(one)}</span></li>"
    )


def _said(one: Became) -> str:
    old, now = _quoted(one.point.quote), _quoted(one.now)
    if one.status == "新增":
        return escape(one.message)
    if one.status == "未改":
        return f"改为{now}，仍：{escape(one.message)}" if now else escape(one.message)
    if not one.path and one.now:
        return f"{escape(one.point.message)} → {escape(one.now)}"
    if now and now != old:
        return f"{old} → {now}" if old else f"已补充{now}"
    return f"已解决：{escape(one.point.message)}"


def _quoted(text: str) -> str:
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return f"“{escape(short)}”" if text else ""
