"""The state of the portfolio on one slide."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.slides.slide import Slide, source
from dashboard.snapshot.snapshot import Snapshot
from dashboard.wording.formatting import WAN, YI, format_amount, format_yuan
from dashboard.wording.partial import beside
from dashboard.wording.sentence import headline, sentence
from dashboard.wording.terms import ADVICE, DUE, PARTS, PROBLEM, RETURNED, Term, parts
from dashboard.wording.text_width import text_width

ROOM = 35.0  # of a tile, between its margins
LARGEST = 11.0
SEVERITIES = {RETURNED: ("高",), DUE: ("高", "中"), PROBLEM: ("高", "中"), ADVICE: ("低", "提示")}


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    facts, said = snapshot.facts, summary(snapshot)
    ranks = "".join(_count(snapshot, *count) for count in counts(snapshot))
    yield Slide(
        "opening",
        headline(facts),
        f"审核标准：{snapshot.standard.title}",
        f'<div class="tiles">{_tiles(snapshot)}</div><p class="said">{escape(said)}</p>'
        f'<div class="ranks">{ranks}</div>',
        notes=f"{headline(facts)}。{said}",
    )


def summary(snapshot: Snapshot) -> str:
    """Where the money is, what is not in it, and what the meeting has left of it."""
    said = sentence(snapshot.facts)
    if snapshot.unread:
        said += f"另有 {len(snapshot.unread)} 处没有读出或不是项目表，见最后一页。"
    if snapshot.verdicts:
        said += f"已作决定 {len(snapshot.verdicts):,} 个，尚未通过的金额 {format_amount(snapshot.at_risk)}。"
    return said


def tiles(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """The four figures: what each is, it, and what belongs to it."""
    whole, facts = snapshot.whole, snapshot.facts
    unit = YI if facts.budget_fen >= YI.fen else WAN
    missing = f"{whole['lacking']:,} 个项目，{format_amount(whole['lacking_fen'])}"
    partial = f"，{beside(facts.partial)}" if facts.partial else ""
    each = f"平均每个项目 {whole['indicators'] / facts.projects:.1f} 条" if facts.projects else ""
    return [
        ("项目（个）", f"{facts.projects:,}", f"必填指标不缺的 {whole['full']:,} 个{partial}"),
        (f"{facts.money}（{unit.unit}）", unit.text(facts.budget_fen), f"{format_yuan(facts.budget_fen)} 元"),
        ("三级指标（条）", f"{whole['indicators']:,}", each),
        ("必填类别空缺（格）", f"{whole['required']:,}", missing),
    ]


def _tiles(snapshot: Snapshot) -> str:
    lacks = [row["slot"] for row in snapshot.lacks if row["required"]]
    empty = [
        (case, f"empty[{n}]")
        for case in snapshot.cases
        for n, one in enumerate(case.project.empty)
        if any(slot in lacks for slot in one.slots)
    ]
    leads = (
        "",
        source(*((case, "budget_yuan") for case in snapshot.cases)),
        "",
        source(*empty),
    )
    return "".join(_tile(*tile, lead) for tile, lead in zip(tiles(snapshot), leads, strict=True))


def _tile(name: str, value: str, note: str, leads: str = "") -> str:
    size = min(LARGEST, ROOM / text_width(value))
    return (
        f'<div class="tile"><p class="name">{escape(name)}</p>'
        f'<p class="value" style="--size:{size:.2f}"><b{leads}>{escape(value)}</b></p>'
        f'<p class="note">{escape(note)}</p></div>'
    )


def counts(snapshot: Snapshot) -> list[tuple[Term, str]]:
    """What the review comes to: each word with the money or the severities behind its number."""
    tally = snapshot.tally
    money = ((RETURNED, "fen_high"), (DUE, "fen_due"))
    touched = [(one, format_amount(tally[fen]) if tally[fen] else "") for one, fen in money]
    return [*touched, *((one, parts(one, tally)) for one in PARTS)]


def _count(snapshot: Snapshot, term: Term, note: str) -> str:
    every = ((case, finding) for case in snapshot.cases for finding in case.findings)
    leads = source(*((case, found.path) for case, found in every if found.severity in SEVERITIES[term]))
    return (
        f'<div title="{escape(term.meaning)}"><p class="name">{term.word}</p>'
        f'<p class="count"><b{leads}>{snapshot.tally[term.field]:,}</b> {term.unit}</p>'
        f'<p class="note">{note}</p></div>'
    )
