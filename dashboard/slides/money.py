"""Where the money is: the projects as bars, most money first."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.dossier import Dossier, Row
from dashboard.slides.slide import Slide, of_many, parts, source

ROWS = 8
MOST = 16  # beyond, one bar for all others


def slides(dossier: Dossier) -> Iterator[Slide]:
    whole = dossier.facts.budget_fen
    cases = {case.key: case for case in dossier.cases}
    rows, rest = list(dossier.money[:MOST]), list(dossier.money[MOST:])
    if rest:
        fen = sum(row["budget_fen"] or 0 for row in rest)
        rows.append({"key": None, "name": f"其余 {len(rest):,} 个项目", "budget_fen": fen})
    longest = max((row["budget_fen"] or 0 for row in rows), default=0) or 1
    top = [row["budget_fen"] for row in dossier.money[:3] if row["budget_fen"]]
    share = look.share(sum(top), whole)
    title = f"前三个项目占预算 {share}" if len(dossier.money) > 3 and top else "预算分布"
    groups = parts(rows, ROWS)
    for number, group in enumerate(groups, 1):
        lines = []
        for row in group:
            case = cases.get(row["key"] or "")
            leads = source(case.key, case.project, "budget_yuan") if case else ""
            lines.append(_bar(row, whole, longest, leads))
        yield Slide(
            "money",
            of_many(title, number, len(groups)),
            f"当年预算，万元；合计 {look.wan(whole)} 万元",
            f'<div class="bars">{"".join(lines)}</div>',
            notes="；".join(f"{row['name']} {look.spoken(row['budget_fen'])}" for row in group) + "。",
        )


def _bar(row: Row, whole: int, longest: int, leads: str) -> str:
    fen = row["budget_fen"]
    width = 100 * (fen or 0) / longest
    kind = "bar" if row["key"] else "bar rest"
    return (
        f'<p class="label">{escape(row["name"])}</p>'
        f'<div class="run"><i class="{kind}" style="--part:{width:.2f}"></i>'
        f"<b{leads}>{look.wan(fen)}</b><span>{look.share(fen, whole)}</span></div>"
    )
