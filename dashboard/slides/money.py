"""Where the money is: the projects as bars, most money first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard.slides.measure import fit, height, room
from dashboard.slides.slide import Slide, joined, of_many, source, table
from dashboard.snapshot.snapshot import Case, Row, Snapshot
from dashboard.wording.caption import money_of
from dashboard.wording.formatting import Scale, choose_scale, clip, format_amount, format_share
from dashboard.wording.text_width import text_width

MOST = 16  # beyond, one bar for all others
SIZES = (3.4, 3.0, 2.7)
LABELS = (46.0, 66.0)  # width of the names: usual, and where some are long
LONG = 24  # em
LEAST = 5.6  # height of a bar's row
LONGEST = 40  # characters of a name in the title
FIRST = 3  # projects that the title speaks of
SHORT = 16  # em, of a name in the title


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    if not snapshot.money:
        return
    whole, title = snapshot.facts.budget_fen, conclusion(snapshot)
    cases = {case.key: case for case in snapshot.cases}
    rows = shown(snapshot.money, MOST)
    longest = max((row["budget_fen"] or 0 for row in rows if row["kind"] != "rest"), default=0) or 1
    unit = scale(rows)
    below = f"{money_of(snapshot.whole)}，{unit.unit}；合计 {unit.text(whole)} {unit.unit}"
    label = LABELS[any(text_width(row["name"]) > LONG for row in rows)]

    def high(row: Row, size: float) -> float:
        return max(LEAST, height(row["name"], size, label)) + 1

    size, groups = fit(rows, high, SIZES, room(title, below))
    amounts = (text_width(unit.text(row["budget_fen"])) for row in rows)
    end = 4 + size * max((amount + text_width("99.9%") for amount in amounts), default=0)
    for number, group in enumerate(groups, 1):
        lines = "".join(_bar(row, whole, longest, unit, cases) for row in group)
        yield Slide(
            "money",
            of_many(title, number, len(groups)),
            below,
            table("bars", size, len(group), lines, f";--label:{label:g};--end:{end:.1f}"),
            notes=joined(f"{row['name']} {format_amount(row['budget_fen'])}" for row in group),
        )


def conclusion(snapshot: Snapshot) -> str:
    """Who has most, and how much of it: by name where it is short and has a third or more."""
    whole = snapshot.facts.budget_fen
    top = [row for row in snapshot.money[:FIRST] if row["budget_fen"]]
    if not top:
        return "没有读到当年预算"
    if len(snapshot.money) == 1:
        return f"{clip(top[0]['name'], LONGEST)}：当年预算 {format_amount(whole)}"
    most = f"占预算 {format_share(top[0]['budget_fen'], whole)}"
    if len(snapshot.money) <= FIRST:
        return f"{clip(top[0]['name'], LONGEST)}{most}"
    many = "零一两三"[len(top)]
    together = format_share(sum(row["budget_fen"] for row in top), whole)
    if text_width(top[0]["name"]) <= SHORT and 3 * top[0]["budget_fen"] >= whole:
        return f"{top[0]['name']}{most}，前{many}个项目合计占 {together}"
    return f"前{many}个项目占预算 {together}"


def scale(rows: Sequence[Row]) -> Scale:
    return choose_scale(*(row["budget_fen"] for row in rows))


def shown(money: Sequence[Row], most: int) -> list[Row]:
    """The projects with most money, and beyond ``most`` one row without a key for all others. ``kind``: first
    for those that the title speaks of, less for others, rest for the last row."""
    rows = [{**row, "kind": "first" if n < FIRST else "less"} for n, row in enumerate(money[:most])]
    rest = money[most:]
    if not rest:
        return list(rows)
    fen = sum(row["budget_fen"] or 0 for row in rest)
    name = f"其余 {len(rest):,} 个项目"
    return [*rows, {"key": None, "name": name, "budget_fen": fen, "kind": "rest"}]


def _bar(row: Row, whole: int, longest: int, unit: Scale, cases: dict[str, Case]) -> str:
    fen = row["budget_fen"]
    part = (fen or 0) / longest
    part = part if part <= 1 else 0  # all others together may be many times the largest: told, not drawn
    leads = source((cases[row["key"]], "budget_yuan")) if row["key"] in cases else ""
    return (
        f'<p class="label">{escape(row["name"])}</p><div class="run">'
        f'<i class="bar {row["kind"]}" style="--part:{part:.4f}"></i>'
        f"<b{leads}>{unit.text(fen)}</b><span>{format_share(fen, whole)}</span></div>"
    )
