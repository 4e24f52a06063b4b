"""Where the money is: the projects as bars, most money first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard import look
from dashboard.dossier import Case, Dossier, Row
from dashboard.slides.measure import fit, height, room, width
from dashboard.slides.slide import Slide, joined, of_many, source, table

MOST = 16  # beyond, one bar for all others
SIZES = (3.4, 3.0, 2.7)
LABELS = (46.0, 66.0)  # width of the names: usual, and where some are long
LONG = 24  # em
LEAST = 5.6  # height of a bar's row


def slides(dossier: Dossier) -> Iterator[Slide]:
    if not dossier.money:
        return
    whole, title = dossier.facts.budget_fen, conclusion(dossier)
    cases = {case.key: case for case in dossier.cases}
    rows = shown(dossier.money, MOST)
    longest = max((row["budget_fen"] or 0 for row in rows), default=0) or 1
    below = f"当年预算，万元；合计 {look.wan(whole)} 万元"
    label = LABELS[any(width(row["name"]) > LONG for row in rows)]

    def high(row: Row, size: float) -> float:
        return max(LEAST, height(row["name"], size, label)) + 1

    size, groups = fit(rows, high, SIZES, room(title, below))
    end = 4 + size * max((width(look.wan(row["budget_fen"])) + width("99.9%") for row in rows), default=0)
    for number, group in enumerate(groups, 1):
        lines = "".join(_bar(row, whole, longest, cases) for row in group)
        yield Slide(
            "money",
            of_many(title, number, len(groups)),
            below,
            table("bars", size, len(group), lines, f";--label:{label:g};--end:{end:.1f}"),
            notes=joined(f"{row['name']} {look.spoken(row['budget_fen'])}" for row in group),
        )


def conclusion(dossier: Dossier) -> str:
    top = [row["budget_fen"] for row in dossier.money[:3] if row["budget_fen"]]
    if len(dossier.money) > 3 and top:
        return f"前三个项目占预算 {look.share(sum(top), dossier.facts.budget_fen)}"
    return "预算分布"


def shown(money: Sequence[Row], most: int) -> list[Row]:
    """The projects with most money, and beyond ``most`` one row without a key for all others."""
    rows, rest = list(money[:most]), list(money[most:])
    if not rest:
        return rows
    fen = sum(row["budget_fen"] or 0 for row in rest)
    return [*rows, {"key": None, "name": f"其余 {len(rest):,} 个项目", "budget_fen": fen}]


def _bar(row: Row, whole: int, longest: int, cases: dict[str, Case]) -> str:
    fen = row["budget_fen"]
    leads = source((cases[row["key"]], "budget_yuan")) if row["key"] in cases else ""
    return (
        f'<p class="label">{escape(row["name"])}</p><div class="run">'
        f'<i class="{"bar" if row["key"] else "bar rest"}" style="--part:{(fen or 0) / longest:.4f}"></i>'
        f"<b{leads}>{look.wan(fen)}</b><span>{look.share(fen, whole)}</span></div>"
    )
