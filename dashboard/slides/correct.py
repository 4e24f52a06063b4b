"""What to correct first: the rules that found something, by severity and by money."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.dossier import Dossier, Row
from dashboard.slides.slide import Slide, of_many, parts
from parsing import BOOK

ROWS = 8
MOST = 16


def slides(dossier: Dossier) -> Iterator[Slide]:
    rows = [row for row in dossier.rules if row["rank"] > 1][:MOST]
    if not rows:
        yield Slide("correct", "没有发现需要修改的问题", _below(dossier), "")
        return
    title = f"先改这几件：{'、'.join(map(_title, rows[:2]))}"
    groups = parts(rows, ROWS)
    head = "<h3>程度</h3><h3>问题</h3><h3>处</h3><h3>项目</h3><h3>涉及预算（万元）</h3>"
    for number, group in enumerate(groups, 1):
        yield Slide(
            "correct",
            of_many(title, number, len(groups)),
            _below(dossier),
            f'<div class="rules">{head}{"".join(map(_row, group))}</div>',
            notes="；".join(f"{_title(row)} {row['findings']} 处" for row in group) + "。",
        )


def _below(dossier: Dossier) -> str:
    return f"按严重程度和涉及金额排列；审核标准：{dossier.standard.title}"


def _row(row: Row) -> str:
    severity = {4: "高", 3: "中", 2: "低"}[row["rank"]]
    return (
        f'<b class="rank r{row["rank"]}">{severity}</b><p class="label">{escape(_title(row))}</p>'
        f'<p class="n">{row["findings"]:,}</p><p class="n">{row["projects"]:,}</p>'
        f'<p class="n"><b>{look.wan(row["budget_fen"])}</b></p>'
    )


def _title(row: Row) -> str:
    return BOOK[row["rule"]].title if row["rule"] in BOOK else str(row["rule"])
