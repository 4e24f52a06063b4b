"""Decisions as HTML: how far the meeting is, the projects with what was decided, and all decisions in order.

What a click says: ``decide:KEY``, ``go:KEY:PATH``, ``undo:ACTION``, ``from:NUMBER``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import theme
from dashboard.html.partial import mark
from dashboard.store import Condition, Verdict
from dashboard.wording.formatting import UNKNOWN, clip, format_amount, format_share, format_time
from dashboard.wording.meeting import UNDECIDED, DecisionCount
from dashboard.wording.terms import PROBLEM, standing

FIRST, LINE = 3, 26  # conditions in the list of projects, characters of each
Row = Mapping[str, Any]
Tied = Mapping[tuple[str, str], Row]  # key and ident → the finding that a condition is about


def state(word: str) -> str:
    """A verdict by word, shape and colour; "" stands for none."""
    shape, color = theme.VERDICTS[word]
    return f'<b class="state" style="color:{color}"><i>{shape}</i>{word or UNDECIDED}</b>'


def progress(counts: Sequence[DecisionCount]) -> str:
    """How much money is decided and how: a bar, and below it what its parts are."""
    whole = sum(count.budget_fen for count in counts)
    bars = "".join(
        f'<i class="v{number}" style="width:{100 * one.budget_fen / whole:.3f}%"></i>'
        for number, one in enumerate(counts)
        if one.budget_fen and whole
    )
    said = "".join(
        f"<span>{state(one.word)}　{one.projects:,} 个　{format_amount(one.budget_fen)}　"
        f"{format_share(one.budget_fen, whole)}</span>"
        for one in counts
        if one.projects
    )
    return f'<div class="progress"><div>{bars}</div><p>{said}</p></div>'


def projects(rows: Sequence[Row], verdicts: Mapping[str, Verdict], tied: Tied) -> str:
    """A line a project: what was decided, name, money, problems. ``rows``: those of
    ``queries.projects.listed``."""
    heads = ("决定", "项目", "当年预算", PROBLEM.title, "")
    head = "".join(f'<th class="{"n" if n in (2, 3) else ""}">{text}</th>' for n, text in enumerate(heads))
    body = "".join(_project(row, verdicts.get(row["key"]), tied) for row in rows)
    return f'<table class="list deciding"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _project(row: Row, one: Verdict | None, tied: Tied) -> str:
    key, unit = escape(row["key"]), escape(row["unit"] or UNKNOWN)
    who = f"<p>{escape(one.who)}</p>" if one else ""
    terms = conditions(one, tied, FIRST) if one else ""
    state_now = standing(row["high"], row["problems"])
    return (
        f'<tr data-value="decide:{key}"><td>{state(one.verdict if one else "")}{who}</td>'
        f'<td><b>{escape(row["name"])}</b><p class="quiet">{unit}</p>{mark(row["partial"])}{terms}</td>'
        f'<td class="n"><b>{format_amount(row["budget_fen"])}</b></td>'
        f'<td class="n"><b>{row["problems"]:,}</b><p>{state_now}</p></td>'
        f'<td><a role="button" data-value="decide:{key}">{"更改" if one else "决定"}</a></td></tr>'
    )


def conditions(verdict: Verdict, tied: Tied, most: int | None = None) -> str:
    """The conditions of a verdict, those about a finding with its code, which leads to its cell. ``most``:
    only so many, and no more than a line of each."""
    said = [(_code(verdict.key, condition, tied), condition.text) for condition in verdict.conditions[:most]]
    items = "".join(f"<li>{code}{escape(clip(text, LINE) if most else text)}</li>" for code, text in said)
    more = len(verdict.conditions) - len(said)
    rest = f'<p class="quiet">另有 {more} 个条件</p>' if more else ""
    return f"<ol>{items}</ol>{rest}" if items else ""


def _code(key: str, condition: Condition, tied: Tied) -> str:
    found = tied.get((key, condition.ident))
    if not found:
        return ""
    value = f"go:{escape(key)}:{escape(found['path'])}"
    title = escape(f"看单元格：{found['place']}")
    return f'<a role="button" class="code" data-value="{value}" title="{title}">{escape(found["rule"])} ›</a>'


def turner(page: int, pages: int) -> str:
    """To the pages before and after; pages from 1."""
    if pages < 2:
        return ""
    ways = ((-1, "‹ 上一页"), (1, "下一页 ›"))
    back, on = (
        f'<a role="button" data-step="{step}" data-value="from:{page + step}">{text}</a>'
        if 1 <= page + step <= pages
        else ""
        for step, text in ways
    )
    return f'<p class="turner">{back}<span>第 {page:,} / {pages:,} 页</span>{on}</p>'


def log(verdicts: Sequence[Verdict], now: Mapping[str, Verdict], tied: Tied) -> str:
    """All decisions, as they come; what holds now can be undone."""
    lines = "".join(_logged(verdict, now.get(verdict.key), tied) for verdict in verdicts)
    return f'<ol class="log">{lines}</ol>'


def _logged(verdict: Verdict, now: Verdict | None, tied: Tied) -> str:
    holds = now is not None and now.action == verdict.action
    way = f'<a role="button" data-value="undo:{verdict.action}">撤销</a>' if holds else ""
    gone = "" if holds else f"<em>{'已被更改' if verdict.stands else '已撤销'}</em>"
    return (
        f'<li class="{"" if holds else "gone"}">{way}<p>{state(verdict.verdict)}{gone}　'
        f"{format_time(verdict.made)}　{escape(verdict.who)}</p><p>{escape(verdict.name)}</p>"
        f"{conditions(verdict, tied)}</li>"
    )
