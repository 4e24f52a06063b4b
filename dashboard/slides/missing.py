"""What is missing, by number and by money: the nine categories side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from dashboard.slides.slide import Slide, joined, source, table
from dashboard.snapshot.snapshot import Case, Row, Snapshot
from dashboard.wording.formatting import Scale, choose_scale, format_amount, format_share
from dashboard.wording.partial import beside
from dashboard.wording.text_width import text_width

SIZE = 3.1


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    unit = scale(snapshot)
    head = f"<h3></h3><h3>没有这类指标的项目</h3><h3>这些项目的预算（{unit.unit}）</h3>"
    rows = "".join(_row(row, snapshot, unit) for row in snapshot.lacks)
    texts = ((_many(row["projects"]), _many(row["required"])) for row in snapshot.lacks)
    fens = ((unit.text(row["budget_fen"]), unit.text(row["required_fen"])) for row in snapshot.lacks)
    ends = f";--few:{_end(texts):.1f};--end:{_end(fens):.1f}"
    yield Slide(
        "missing",
        _title(snapshot),
        below(snapshot),
        table("lacks", SIZE, len(snapshot.lacks), head + rows, ends),
        notes=joined(_said(row) for row in snapshot.lacks if row["projects"]),
    )


def below(snapshot: Snapshot) -> str:
    return f"{snapshot.standard.title}要求填写而空缺的为必填（实心）；其余空缺（虚框）不一定是问题"


def scale(snapshot: Snapshot) -> Scale:
    return choose_scale(*(row[fen] for row in snapshot.lacks for fen in ("budget_fen", "required_fen")))


def _many(count: int) -> str:
    return f"{count:,}"


def _end(texts: Iterable[tuple[str, str]]) -> float:
    """The room beside the bars for how many there are, their share, and how many of them are required."""
    longest = max((text_width(every + _must(must)) for every, must in texts), default=0)
    return 7 + SIZE * (longest + text_width("99.9%"))


def _must(text: str) -> str:
    return f"必填 {text}"


def _said(row: Row) -> str:
    must = (
        f"，其中必填 {row['required']:,} 个、{format_amount(row['required_fen'])}" if row["required"] else ""
    )
    return f"{row['slot']}缺 {row['projects']:,} 个项目，{format_amount(row['budget_fen'])}{must}"


def _title(snapshot: Snapshot) -> str:
    required = [row for row in snapshot.lacks if row["required"]]
    rows = required or [row for row in snapshot.lacks if row["projects"]]
    if not rows:
        partial = snapshot.facts.partial
        return f"读到的各类指标没有空缺，{beside(partial)}" if partial else "各类指标都没有空缺"
    field, money = ("required", "required_fen") if required else ("projects", "budget_fen")
    worst = max(rows, key=lambda row: (row[money], row[field]))
    share = format_share(worst[money], snapshot.facts.budget_fen)
    return f"{worst['slot']}指标空缺最重：{worst[field]:,} 个项目，占预算 {share}"


def _empty(snapshot: Snapshot, row: Row) -> list[tuple[Case, str]]:
    """Where the category is printed and nothing is filled in."""
    return [
        (case, f"empty[{n}]")
        for case in snapshot.cases
        for n, one in enumerate(case.project.empty)
        if row["slot"] in one.slots
    ]


def _budgets(snapshot: Snapshot, row: Row) -> list[tuple[Case, str]]:
    """The money of the projects that have a gap there."""
    k = row["k"]
    return [
        (case, "budget_yuan")
        for case in snapshot.cases
        if not any(case.matrix[f"{state}{k}"] for state in ("s", "a", "u"))
    ]


def _row(row: Row, snapshot: Snapshot, unit: Scale) -> str:
    projects, money = (row["projects"], row["required"]), (row["budget_fen"], row["required_fen"])
    facts, leads, budgets = snapshot.facts, source(*_empty(snapshot, row)), source(*_budgets(snapshot, row))
    return (
        f'<p class="label">{escape(row["slot"])}</p>'
        + _run(projects, facts.projects, _many, leads)
        + _run(money, facts.budget_fen, unit.text, budgets)
    )


def _run(values: tuple[int, int], whole: int, text: Callable[[int], str], leads: str = "") -> str:
    """A bar of all gaps, the part that is required solid."""
    every, must = values
    if not every:
        return '<div class="run"><span>没有空缺</span></div>' if text is _many else "<div></div>"
    bars = "".join(
        f'<i class="bar {kind}" style="--part:{part / whole if whole else 0:.4f}"></i>'
        for kind, part in (("gap", must), ("free", every - must))
        if part
    )
    said = f'<em class="must">{_must(text(must))}</em>' if must else ""
    share = format_share(every, whole)
    return f'<div class="run">{bars}<b{leads}>{text(every)}</b><span>{share}</span>{said}</div>'
