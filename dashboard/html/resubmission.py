"""What became of the points that a table was given back for, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.returns.change_requests import STATUSES, Resolution, Status

MOST = 200  # points of one project
ORDER: tuple[Status, ...] = ("未改", "新增", "已改")
SIGNS = {"已改": "✓", "未改": "✕", "新增": "＋"}
CLASSES = {"已改": "mended", "未改": "same", "新增": "new"}


def summary(became: Sequence[Resolution]) -> str:
    """How many of all there are."""
    return f"共 {len(became)} 条：" + "，".join(f"{word} {_count(became, word)}" for word in STATUSES)


def project(name: str, became: Sequence[Resolution], value: str) -> str:
    """One project: how many of each, then a line for each point, those still to be seen to first; folded
    where nothing has changed. ``value``: what a click says, before the point's path."""
    counts = "".join(
        f'<b class="{CLASSES[word]}">{SIGNS[word]} {word} {_count(became, word)}</b>' for word in STATUSES
    )
    ranked = sorted(became, key=lambda one: ORDER.index(one.status))
    lines = "".join(_line(one, value) for one in ranked[:MOST])
    rest = len(ranked) - MOST
    more = f"<li>另有 {rest} 条</li>" if rest > 0 else ""
    shown = " open" if _count(became, "未改") < len(became) else ""
    return (
        f'<details class="became"{shown}><summary><h4>{escape(name)}</h4>{counts}</summary>'
        f"<ul>{lines}{more}</ul></details>"
    )


def _count(became: Sequence[Resolution], word: Status) -> int:
    return sum(one.status == word for one in became)


def _line(resolution: Resolution, value: str) -> str:
    said = _said(resolution)
    inside = resolution.request.path.startswith("indicators")
    where = escape(resolution.request.about if inside else resolution.request.cell)
    about = "" if inside and where in said else f"{where}　"
    return (
        f'<li class="{CLASSES[resolution.status]}" role="button" '
        f'data-value="{escape(value)}{escape(resolution.path)}">'
        f"<b>{SIGNS[resolution.status]} {resolution.status}</b><span>{about}{said}</span></li>"
    )


def _said(resolution: Resolution) -> str:
    old, now, message = _quoted(resolution.request.quote), _quoted(resolution.now), escape(resolution.message)
    if resolution.status != "已改":
        return f"<strong>改为{now}，仍：</strong>{message}" if now else message
    if resolution.now and not resolution.path:
        return f"{escape(resolution.request.message)} → {escape(resolution.now)}"
    if (
        now
        and resolution.path.startswith("indicators")
        and not resolution.request.path.startswith("indicators")
    ):
        return f"已补充{now}"
    return f"{old} → {now}" if old and now and now != old else f"已解决：{escape(resolution.request.message)}"


def _quoted(text: str) -> str:
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return f"“{escape(short)}”" if text else ""
