"""What is missing, by number and by money: the nine categories side by side."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.dossier import Case, Dossier, Row
from dashboard.slides.measure import width
from dashboard.slides.slide import Slide, joined, source, table

SIZE = 3.1


def slides(dossier: Dossier) -> Iterator[Slide]:
    facts = dossier.facts
    head = "<h3></h3><h3>没有这类指标的项目</h3><h3>这些项目的预算（万元）</h3>"
    rows = "".join(_row(row, facts.projects, facts.budget_fen, _empty(dossier, row)) for row in dossier.lacks)
    end = 4 + SIZE * (width(look.wan(facts.budget_fen)) + width("99.9%"))
    yield Slide(
        "missing",
        _title(dossier),
        f"{dossier.standard.title}要求填写的类别标“必填”；其余空缺不一定是问题",
        table("lacks", SIZE, len(dossier.lacks), head + rows, f";--end:{end:.1f}"),
        notes=joined(
            f"{row['slot']}缺 {row['projects']} 个项目，{look.spoken(row['budget_fen'])}"
            for row in dossier.lacks
            if row["projects"]
        ),
    )


def _title(dossier: Dossier) -> str:
    required = [row for row in dossier.lacks if row["required"]]
    rows = required or [row for row in dossier.lacks if row["projects"]]
    if not rows:
        return "各类指标都没有空缺"
    field, money = ("required", "required_fen") if required else ("projects", "budget_fen")
    worst = max(rows, key=lambda row: (row[money], row[field]))
    share = look.share(worst[money], dossier.facts.budget_fen)
    return f"{worst['slot']}指标空缺最重：{worst[field]:,} 个项目，占预算 {share}"


def _empty(dossier: Dossier, row: Row) -> list[tuple[Case, str]]:
    """Where the category is printed and nothing is filled in."""
    return [
        (case, f"empty[{n}]")
        for case in dossier.cases
        for n, one in enumerate(case.project.empty)
        if row["slot"] in one.slots
    ]


def _row(row: Row, projects: int, whole: int, empty: list[tuple[Case, str]]) -> str:
    must = ' <em class="must">必填</em>' if row["required"] else ""
    return (
        f'<p class="label">{escape(row["slot"])}{must}</p>'
        + _run(row["projects"], projects, f"{row['projects']:,}", source(*empty))
        + _run(row["budget_fen"], whole, look.wan(row["budget_fen"]))
    )


def _run(value: int, whole: int, text: str, leads: str = "") -> str:
    if not value:
        return '<div class="run"><span>没有空缺</span></div>'
    part = value / whole if whole else 0
    return (
        f'<div class="run"><i class="bar gap" style="--part:{part:.4f}"></i><b{leads}>{text}</b>'
        f"<span>{look.share(value, whole)}</span></div>"
    )
