"""What is missing, by number and by money: the nine categories side by side."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.dossier import Dossier, Row
from dashboard.slides.slide import Slide


def slides(dossier: Dossier) -> Iterator[Slide]:
    facts = dossier.facts
    required = [row for row in dossier.lacks if row["required"]]
    rows = required or [row for row in dossier.lacks if row["projects"]]
    field, money = ("required", "required_fen") if required else ("projects", "budget_fen")
    if rows:
        worst = max(rows, key=lambda row: (row[money], row[field]))
        share = look.share(worst[money], facts.budget_fen)
        title = f"{worst['slot']}指标空缺最重：{worst[field]:,} 个项目，占预算 {share}"
    else:
        title = "各类指标都没有空缺"
    head = "<p></p><h3>没有这类指标的项目</h3><h3>这些项目的预算（万元）</h3>"
    body = "".join(_row(row, facts.projects, facts.budget_fen) for row in dossier.lacks)
    yield Slide(
        "missing",
        title,
        f"{dossier.standard.title}要求填写的类别标“必填”；其余空缺不一定是问题",
        f'<div class="lacks">{head}{body}</div>',
        notes="；".join(
            f"{row['slot']}缺 {row['projects']} 个项目，{look.spoken(row['budget_fen'])}"
            for row in dossier.lacks
            if row["projects"]
        ),
    )


def _row(row: Row, projects: int, whole: int) -> str:
    must = ' <em class="must">必填</em>' if row["required"] else ""
    return (
        f'<p class="label">{escape(row["slot"])}{must}</p>'
        + _run(row["projects"], projects, f"{row['projects']:,}")
        + _run(row["budget_fen"], whole, look.wan(row["budget_fen"]))
    )


def _run(value: int, whole: int, text: str) -> str:
    if not value:
        return '<div class="run"><span>没有空缺</span></div>'
    part = 100 * value / whole if whole else 0
    return (
        f'<div class="run"><i class="bar gap" style="--part:{part:.2f}"></i><b>{text}</b>'
        f"<span>{look.share(value, whole)}</span></div>"
    )
