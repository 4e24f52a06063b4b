"""会议纪要: what was decided, word for word, with lines to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dashboard.exports.columns import Column, figures
from dashboard.exports.word_document import WordDocument
from dashboard.snapshot.snapshot import Row, Snapshot
from dashboard.store import WORDS, Verdict
from dashboard.wording.formatting import format_amount, format_wan
from dashboard.wording.partial import among

MOST = 300  # projects not decided, named; the others are counted
BUDGET = "预算\n（万元）"
DECIDED = (
    Column("序号", align="centre"),
    Column("项目", share=5),
    figures(BUDGET),
    Column("决定", align="centre"),
    Column("条件", share=6.5),
    Column("决定人", share=2.2),
    Column("时间", align="centre"),
)
OPEN = (Column("序号", align="centre"), Column("项目", share=1), figures(BUDGET))
BLANKS = (
    "会议时间：______年____月____日____时",
    "会议地点：________________________________",
    "主　　持：________________________________",
    "参会人员：________________________________________________________",
    "记　　录：________________________________",
)


def minutes(snapshot: Snapshot) -> bytes:
    """The decisions in the order of the money, their conditions numbered, and what was not decided."""
    paper = WordDocument(snapshot, f"{snapshot.title}会议纪要")
    paper.title(f"{snapshot.title}会议纪要")
    paper.blanks(*BLANKS)
    rows = [row for row in snapshot.money if row["key"]]
    decided = [row for row in rows if row["key"] in snapshot.verdicts]
    waiting = [row for row in rows if row["key"] not in snapshot.verdicts]
    paper.heading("一、审议情况")
    paper.text(_said(snapshot, decided, waiting))
    paper.heading("二、审议决定")
    if decided:
        lines = [
            _decision(number, row, snapshot.verdicts[row["key"]]) for number, row in enumerate(decided, 1)
        ]
        paper.table(DECIDED, [*lines, ("", "合计", _sum(decided), "", "", "", "")], sums=1)
    else:
        paper.text("无。")
    paper.heading("三、尚未决定的项目")
    if waiting:
        lines = [
            (f"{n:,}", row["name"], format_wan(row["budget_fen"])) for n, row in enumerate(waiting[:MOST], 1)
        ]
        if more := waiting[MOST:]:
            lines.append(("", f"其余 {len(more):,} 个项目", _sum(more)))
        paper.table(OPEN, [*lines, ("", "合计", _sum(waiting))], sums=1)
    else:
        paper.text("无。")
    paper.sign("主持人（签字）", "记录人（签字）", "参会人（签字）")
    return paper.bytes()


def _said(snapshot: Snapshot, decided: Sequence[Row], waiting: Sequence[Row]) -> str:
    total = format_amount(snapshot.facts.budget_fen)
    text = f"会议审议 {len(decided) + len(waiting):,} 个项目，预算合计 {total}。"
    if snapshot.facts.unpriced:
        text += f"其中 {snapshot.facts.unpriced:,} 个没有读到预算，不在金额之内。"
    if snapshot.facts.partial:
        text += f"{among(snapshot.facts.partial)}。"
    words = [snapshot.verdicts[row["key"]].verdict for row in decided]
    counts = "，".join(
        f"{word} {words.count(word)} 个、{format_amount(_fen(decided, snapshot, word))}" for word in WORDS
    )
    left = f"尚未决定 {len(waiting):,} 个" + (f"、{format_amount(_total(waiting))}" if waiting else "")
    risk = format_amount(snapshot.at_risk)
    return f"{text}已作决定 {len(decided):,} 个：{counts}；{left}。尚未通过的金额 {risk}。"


def _fen(rows: Sequence[Row], snapshot: Snapshot, word: str) -> int:
    return _total([row for row in rows if snapshot.verdicts[row["key"]].verdict == word])


def _total(rows: Sequence[Row]) -> int:
    return sum(row["budget_fen"] or 0 for row in rows)


def _sum(rows: Sequence[Row]) -> str:
    return format_wan(_total(rows))


def _decision(number: int, row: Row, verdict: Verdict) -> tuple[str, ...]:
    terms = "\n".join(f"{n}. {condition.text}" for n, condition in enumerate(verdict.conditions, 1)) or "—"
    when = datetime.fromisoformat(verdict.made).astimezone().strftime("%Y-%m-%d\n%H:%M")
    return (
        f"{number:,}",
        row["name"],
        format_wan(row["budget_fen"]),
        verdict.verdict,
        terms,
        verdict.who,
        when,
    )
