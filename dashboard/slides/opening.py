"""The state of the portfolio on one slide."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.analysis.sentence import headline, sentence
from dashboard.dossier import Case, Dossier, Row
from dashboard.slides.measure import width
from dashboard.slides.slide import Slide, source

MEANS = {"高": "会被退回", "中": "应当修改", "低": "建议改进", "提示": "值得看一看"}
ROOM = 35.0  # of a tile, between its margins
LARGEST = 11.0


def slides(dossier: Dossier) -> Iterator[Slide]:
    facts, said = dossier.facts, summary(dossier)
    ranks = "".join(_rank(row, dossier) for row in dossier.severities)
    yield Slide(
        "opening",
        headline(facts),
        f"审核标准：{dossier.standard.title}",
        f'<div class="tiles">{_tiles(dossier)}</div><p class="said">{escape(said)}</p>'
        f'<div class="ranks">{ranks}</div>',
        notes=f"{headline(facts)}。{said}",
    )


def summary(dossier: Dossier) -> str:
    """Where the money is, what is not in it, and what the meeting has left of it."""
    said = sentence(dossier.facts)
    if dossier.unread:
        said += f"另有 {len(dossier.unread)} 处没有读出或不是项目表，见最后一页。"
    if dossier.verdicts:
        said += f"已作决定 {len(dossier.verdicts):,} 个，尚未通过的金额 {look.spoken(dossier.at_risk)}。"
    return said


def tiles(dossier: Dossier) -> list[tuple[str, str, str]]:
    """The four figures: what each is, it, and what belongs to it."""
    whole, tally, facts = dossier.whole, dossier.tally, dossier.facts
    unit = look.YI if facts.budget_fen >= look.YI.fen else look.WAN
    when = facts.when or "当年"
    missing = f"{whole['lacking']:,} 个项目，{look.spoken(whole['lacking_fen'])}"
    due = f"{tally['high'] + tally['middle']:,}"
    return [
        ("项目", f"{facts.projects:,}", f"{whole['indicators']:,} 条三级指标"),
        (f"{when}预算（{unit.unit}）", unit.text(facts.budget_fen), f"{look.yuan(facts.budget_fen)} 元"),
        ("必填类别空缺（格）", f"{whole['required']:,}", missing),
        ("应当修改的问题（处）", due, f"其中会被退回的 {tally['high']:,} 处"),
    ]


def _tiles(dossier: Dossier) -> str:
    lacks = [row["slot"] for row in dossier.lacks if row["required"]]
    empty = [
        (case, f"empty[{n}]")
        for case in dossier.cases
        for n, one in enumerate(case.project.empty)
        if any(slot in lacks for slot in one.slots)
    ]
    leads = (
        "",
        source(*((case, "budget_yuan") for case in dossier.cases)),
        source(*empty),
        source(*_found(dossier, "高", "中")),
    )
    return "".join(_tile(*tile, lead) for tile, lead in zip(tiles(dossier), leads, strict=True))


def _tile(name: str, value: str, note: str, leads: str = "") -> str:
    size = min(LARGEST, ROOM / width(value))
    return (
        f'<div class="tile"><p class="name">{escape(name)}</p>'
        f'<p class="value" style="--size:{size:.2f}"><b{leads}>{escape(value)}</b></p>'
        f'<p class="note">{escape(note)}</p></div>'
    )


def _found(dossier: Dossier, *severities: str) -> list[tuple[Case, str]]:
    every = ((case, one) for case in dossier.cases for one in case.findings)
    return [(case, one.path) for case, one in every if one.severity in severities]


def _rank(row: Row, dossier: Dossier) -> str:
    severity, leads = row["severity"], source(*_found(dossier, row["severity"]))
    touched = f"{row['projects']:,} 个项目，{look.spoken(row['budget_fen'])}" if row["findings"] else "没有"
    return (
        f'<div><b class="rank r{row["rank"]}">{severity}</b><p class="name">{MEANS[severity]}</p>'
        f'<p class="count"><b{leads}>{row["findings"]:,}</b> 处</p><p class="note">{touched}</p></div>'
    )
